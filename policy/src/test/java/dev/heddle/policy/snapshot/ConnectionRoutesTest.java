package dev.heddle.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Connections that are not looked into. */
class ConnectionRoutesTest {

  private static final int PORT = 443;
  private static final String SOMEWHERE = "203.0.113.1";

  private static WeightedDestination to(String host, int weight) {
    return WeightedDestination.of(
        Destination.of(host, PORT, ""), weight, HeaderChange.NONE, HeaderChange.NONE);
  }

  private static TcpRoute route(String host, TcpMatch... matches) {
    return TcpRoute.of(Arrays.asList(matches), Collections.singletonList(to(host, 100)));
  }

  private static TcpMatch.Builder match() {
    return TcpMatch.builder();
  }

  private static TcpMatch names(String... names) {
    return match().sniHosts(Arrays.asList(names)).build();
  }

  private static HostRouter router(TcpRoute... routes) {
    Set<Destination> destinations = new LinkedHashSet<>();
    for (TcpRoute route : routes) {
      route.destinations().forEach(to -> destinations.add(to.destination()));
    }
    List<Cluster> clusters =
        destinations.stream()
            .map(to -> Cluster.builder().destination(to).build())
            .collect(Collectors.toList());
    Source source = Source.of("shop", Collections.singletonMap("app", "cart"), "");
    Router router = new Router(source, bound -> 0);
    router.update(
        Mesh.EMPTY.with(
            HostRoutes.of("a", PORT, Collections.emptyList(), Arrays.asList(routes), clusters)),
        0);
    return Objects.requireNonNull(router.find("a", PORT));
  }

  private static String taken(HostRouter router, String sni, String destination) {
    ClusterState cluster =
        router.connect(sni, Objects.requireNonNull(IpAddress.parse(destination)), bound -> 0);
    return cluster == null ? "nowhere" : cluster.cluster().destination().host();
  }

  @Test
  void theFirstThatMatchesIsTaken() {
    HostRouter router =
        router(
            route("named", names("b.example.com", "a.example.com")),
            route("below", names("*.example.com")),
            route("rest"));

    assertThat(taken(router, "a.example.com", SOMEWHERE)).isEqualTo("named");
    assertThat(taken(router, "c.example.com", SOMEWHERE)).isEqualTo("below");
    assertThat(taken(router, "example.com", SOMEWHERE)).isEqualTo("rest");
    assertThat(taken(router, "", SOMEWHERE)).isEqualTo("rest");
  }

  @Test
  void whatNoRouteTakesGoesOnAsItWas() {
    assertThat(taken(router(), "a.example.com", SOMEWHERE)).isEqualTo("nowhere");
    assertThat(taken(router(route("any", names("*"))), "", SOMEWHERE)).isEqualTo("nowhere");
    assertThat(taken(router(route("any", names("*"))), "x", SOMEWHERE)).isEqualTo("any");
  }

  @Test
  void allConditionsOfABlockHold() {
    TcpMatch both =
        match()
            .sniHosts(Collections.singletonList("a"))
            .destinationSubnets(Arrays.asList("10.0.0.0/8", "fd00::/8"))
            .build();
    HostRouter router = router(route("both", both));

    assertThat(taken(router, "a", "10.1.2.3")).isEqualTo("both");
    assertThat(taken(router, "a", "fd00::1")).isEqualTo("both");
    assertThat(taken(router, "a", SOMEWHERE)).isEqualTo("nowhere");
    assertThat(taken(router, "b", "10.1.2.3")).isEqualTo("nowhere");
  }

  @Test
  void theCallerAndThePortAreAskedFor() {
    assertThat(taken(router(route("own", match().port(PORT).build())), "", SOMEWHERE))
        .isEqualTo("own");
    assertThat(taken(router(route("other", match().port(80).build())), "", SOMEWHERE))
        .isEqualTo("nowhere");
    assertThat(taken(router(route("own", match().sourceNamespace("shop").build())), "", SOMEWHERE))
        .isEqualTo("own");
    assertThat(taken(router(route("other", match().sourceNamespace("x").build())), "", SOMEWHERE))
        .isEqualTo("nowhere");
    TcpMatch labelled = match().sourceLabels(Collections.singletonMap("app", "ratings")).build();
    assertThat(taken(router(route("other", labelled)), "", SOMEWHERE)).isEqualTo("nowhere");
  }

  @Test
  void destinationsShareByWeight() {
    HostRouter router =
        router(TcpRoute.of(Collections.emptyList(), Arrays.asList(to("a", 1), to("b", 3))));
    IpAddress somewhere = Objects.requireNonNull(IpAddress.parse(SOMEWHERE));
    int b = 0;
    for (int i = 0; i < 4; i++) {
      int at = i;
      ClusterState taken = router.connect("", somewhere, bound -> at % bound);
      b += Objects.requireNonNull(taken).cluster().destination().host().equals("b") ? 1 : 0;
    }

    assertThat(b).isEqualTo(3);
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    TcpMatch match = match().destinationSubnets(Collections.singletonList("ten")).build();

    assertThatThrownBy(() -> router(route("a", match))).hasMessageContaining("\"ten\"");
    assertThatThrownBy(() -> router(TcpRoute.of(Collections.emptyList(), Collections.emptyList())))
        .hasMessageContaining("leads nowhere");
  }
}
