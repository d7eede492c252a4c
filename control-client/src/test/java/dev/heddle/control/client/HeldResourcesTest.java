package dev.heddle.control.client;

import static dev.heddle.api.codec.ResourceType.ENDPOINTS;
import static dev.heddle.api.codec.ResourceType.NODE_PODS;
import static dev.heddle.api.codec.ResourceType.ROUTES;
import static dev.heddle.api.codec.ResourceType.TRUST_BUNDLE;
import static dev.heddle.api.codec.ResourceType.WORKLOAD;
import static dev.heddle.control.client.Resources.PORT;
import static dev.heddle.control.client.Resources.endpoints;
import static dev.heddle.control.client.Resources.garbage;
import static dev.heddle.control.client.Resources.name;
import static dev.heddle.control.client.Resources.nodePods;
import static dev.heddle.control.client.Resources.routes;
import static dev.heddle.control.client.Resources.trust;
import static dev.heddle.control.client.Resources.workload;
import static dev.heddle.control.client.Resources.workloadPolicy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.renewal.TestRoot;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeldResourcesTest {

  private final HeldResources held = new HeldResources();

  @Test
  void routesAreOfUseWhenTheEndpointsOfAllTheirClustersAreHere() {
    held.take(ROUTES, routes("a", "x", "y"));
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));
    assertThat(held.answered("a", PORT)).isFalse();
    assertThat(held.usable().routes()).isEmpty();

    held.take(ENDPOINTS, endpoints("y", "10.0.0.2"));

    assertThat(held.answered("a", PORT)).isTrue();
    assertThat(held.usable().routes()).containsOnlyKeys(name("a"));
  }

  @Test
  void aClusterWithoutEndpointsKeepsNobodyWaiting() {
    held.take(ROUTES, routes("a", "x"));
    held.remove(ENDPOINTS, name("x"));

    assertThat(held.answered("a", PORT)).isTrue();
  }

  @Test
  void theRoutesBeforeHoldUntilTheNewOnesCanBeFollowed() {
    held.take(ROUTES, routes("a", "x"));
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));
    held.take(ROUTES, routes("a", "y"));
    held.prune();

    assertThat(target()).isEqualTo("x");
    assertThat(held.followed(ENDPOINTS)).containsExactlyInAnyOrder(name("x"), name("y"));

    held.take(ENDPOINTS, endpoints("y", "10.0.0.2"));
    held.prune();

    assertThat(target()).isEqualTo("y");
    assertThat(held.followed(ENDPOINTS)).containsExactly(name("y"));
    assertThat(held.resources(ENDPOINTS)).hasSize(1);
  }

  private String target() {
    return Objects.requireNonNull(held.usable().routes("a", PORT))
        .clusters()
        .get(0)
        .destination()
        .host();
  }

  @Test
  void endpointsThatTwoHostsShareStayUntilBothAreGone() {
    held.take(ROUTES, routes("a", "x"));
    held.take(ROUTES, routes("b", "x"));
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));
    held.remove(ROUTES, name("a"));
    assertThat(held.prune()).isEmpty();
    held.remove(ROUTES, name("b"));

    assertThat(held.prune()).containsExactly(name("x"));
    assertThat(held.usable().endpoints()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefusedByNameAndLeavesTheVersionBefore() {
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));

    assertThatThrownBy(() -> held.take(ENDPOINTS, garbage(ENDPOINTS, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x:80 version v");
    assertThat(held.version(ENDPOINTS, name("x")))
        .isEqualTo(endpoints("x", "10.0.0.1").getVersion());
    assertThat(held.usable().endpoints()).containsOnlyKeys(name("x"));
  }

  @Test
  void theVersionsHeldAreToldOfTheNamesThatAreAskedFor() {
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));
    held.take(ENDPOINTS, endpoints("y", "10.0.0.2"));

    assertThat(held.versions(ENDPOINTS, Arrays.asList(name("x"), name("z"))))
        .isEqualTo(Collections.singletonMap(name("x"), endpoints("x", "10.0.0.1").getVersion()));
  }

  @Test
  void aNameThatIsTooLongForDnsIsNotFollowed() {
    char[] name = new char[ClientLimits.MAX_HOST_CHARS + 1];
    Arrays.fill(name, 'a');

    assertThat(held.follow(new String(name), PORT)).isFalse();
  }

  @Test
  void noMoreHostsAreFollowedThanMayBe() {
    for (int i = 0; i < ClientLimits.MAX_HOSTS; i++) {
      assertThat(held.follow("h" + i, PORT)).isTrue();
    }

    assertThat(held.follow("one.more", PORT)).isFalse();
    assertThat(held.follows("one.more", PORT)).isFalse();
    assertThat(held.follows("h0", PORT)).isTrue();
    assertThat(held.followed(ROUTES)).hasSize(ClientLimits.MAX_HOSTS);
  }

  @Test
  void hostsThatTheMeshDoesNotKnowMakeRoomForOthers() {
    for (int i = 0; i < ClientLimits.MAX_HOSTS; i++) {
      held.follow("host" + i, PORT);
    }
    held.remove(ROUTES, name("host7"));

    assertThat(held.follow("known", PORT)).isTrue();

    assertThat(held.follows("host7", PORT)).isFalse();
    assertThat(held.answered("host7", PORT)).isFalse();
    assertThat(held.followed(ROUTES)).hasSize(ClientLimits.MAX_HOSTS).contains(name("known"));
  }

  @Test
  void rootsAreAskedForWhereTheyAreWantedAndTheLastGoodOnesHold() throws Exception {
    assertThat(held.followed(TRUST_BUNDLE)).isEmpty();
    held.trust().follow();
    assertThat(held.followed(TRUST_BUNDLE)).containsExactly("mesh");

    X509Certificate root = new TestRoot("mesh").certificate();
    held.take(TRUST_BUNDLE, trust(TestRoot.pem(root)));
    TrustBundle bundle = TrustBundle.of("cluster.local", Collections.singletonList(root));
    assertThat(held.trust().bundle()).isEqualTo(bundle);

    assertThatThrownBy(() -> held.take(TRUST_BUNDLE, trust("hello")))
        .hasMessageContaining("mesh version", "no certificates");
    assertThatThrownBy(() -> held.take(TRUST_BUNDLE, trust())).hasMessageContaining("no roots");
    held.remove(TRUST_BUNDLE, "mesh");
    assertThat(held.trust().bundle()).isEqualTo(bundle);
  }

  @Test
  void whoMayCallIsAskedForAndTheLastGoodAnswerHolds() {
    assertThat(held.followed(WORKLOAD)).isEmpty();
    held.workload().follow("shop/cart-1");
    assertThat(held.followed(WORKLOAD)).containsExactly("shop/cart-1");
    assertThat(held.workload().policy()).isNull();

    WorkloadPolicy strict = workloadPolicy(MutualTlsMode.STRICT, "10.0.0.0/8");
    held.take(WORKLOAD, workload("shop/cart-1", strict));
    assertThat(held.workload().policy()).isEqualTo(strict);

    WorkloadPolicy broken = workloadPolicy(MutualTlsMode.DISABLE, "no address");
    assertThatThrownBy(() -> held.take(WORKLOAD, workload("shop/cart-1", broken)))
        .hasMessageContaining("no address");
    held.remove(WORKLOAD, "shop/cart-1");
    assertThat(held.workload().policy()).isEqualTo(strict);
  }

  @Test
  void aWorkloadThatIsNotKnownTakesEverybody() {
    held.workload().follow("shop/cart-1");
    held.remove(WORKLOAD, "shop/cart-1");
    assertThat(held.workload().policy()).isEqualTo(WorkloadPolicy.DEFAULT);
  }

  @Test
  void thePodsOfANodeAreAskedForByItsDaemonAndTheLastGoodAnswerHolds() {
    assertThat(held.followed(NODE_PODS)).isEmpty();
    held.node().follow("node-1");
    assertThat(held.followed(NODE_PODS)).containsExactly("node-1");
    assertThat(held.node().pods()).isNull();

    held.take(NODE_PODS, nodePods("node-1", "shop", "cart-1"));
    NodePod cart =
        NodePod.of(
            "shop",
            "cart-1",
            "default",
            Collections.singletonMap("app", "cart-1"),
            Collections.singletonList("10.0.0.1"),
            Collections.emptyList());
    assertThat(held.node().pods()).containsExactly(cart);
    held.remove(NODE_PODS, "node-1");
    assertThat(held.node().pods()).containsExactly(cart);
  }
}
