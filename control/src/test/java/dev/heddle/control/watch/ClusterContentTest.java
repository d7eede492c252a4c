package dev.heddle.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigObject.SliceObject;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.rules.RuleParser;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events of an API server, as they may come. */
class ClusterContentTest {

  private static final ObjectKey RULE = new ObjectKey("VirtualService", "shop", "reviews");

  private final AtomicInteger changes = new AtomicInteger();
  private final ClusterContent content = new ClusterContent(changes::incrementAndGet);
  private final FeedingStore<Pod> pods = new FeedingStore<>(Pod::new, sink(content));

  private static FeedingStore.Sink<Pod> sink(ClusterContent content) {
    return ClusterObjects.typed(content, "Pod", KubernetesObjects::pod);
  }

  private static Pod pod(String name, String version, String address) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withResourceVersion(version)
        .endMetadata()
        .withNewStatus()
        .withPodIP(address)
        .endStatus()
        .build();
  }

  private void put(Pod pod) {
    pods.put(pods.getKey(pod), pod);
  }

  private List<String> addresses() {
    return content.snapshot().state().all(PodObject.class).map(PodObject::address).toList();
  }

  private void rule(String timeout) {
    String text =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews, namespace: shop}
        spec:
          hosts: [reviews]
          http: [{timeout: %s, route: [{destination: {host: reviews}}]}]
        """
            .formatted(timeout);
    content.update(RULE, before -> before.updated(text, new RuleParser(), new KubernetesObjects()));
  }

  @Test
  void anEventThatComesTwiceChangesNothing() {
    put(pod("a", "1", "10.0.0.1"));
    put(pod("a", "1", "10.0.0.1"));
    assertThat(addresses()).containsExactly("10.0.0.1");
    assertThat(changes).hasValue(1);
  }

  @Test
  void aNewVersionThatSaysTheSameToTheMeshChangesNothing() {
    put(pod("a", "1", "10.0.0.1"));
    put(pod("a", "2", "10.0.0.1"));
    assertThat(changes).hasValue(1);
  }

  @Test
  void anUpdateOfAnObjectThatWasNeverAddedAddsIt() {
    put(pod("b", "7", "10.0.0.2"));
    assertThat(addresses()).containsExactly("10.0.0.2");
  }

  @Test
  void theEndOfAnObjectThatIsNotThereDoesNoHarm() {
    put(pod("a", "1", "10.0.0.1"));
    pods.remove("shop/b");
    pods.remove("shop/a");
    pods.remove("shop/a");
    assertThat(addresses()).isEmpty();
    assertThat(changes).hasValue(2);
  }

  @Test
  void theStoreKeepsNamesAndVersionsAlone() {
    put(pod("a", "1", "10.0.0.1"));
    Pod kept = Objects.requireNonNull(pods.get("shop/a"));
    assertThat(kept.getStatus()).isNull();
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("1");
  }

  @Test
  void aRefusedRuleKeepsItsLastGoodVersionAndSaysSo() {
    rule("1s");
    rule("never");
    ConfigSnapshot now = content.snapshot();
    assertThat(now.state().objects().get(RULE)).asString().contains("PT1S");
    assertThat(now.problems())
        .singleElement()
        .matches(ConfigProblem::error)
        .asString()
        .startsWith("error: VirtualService shop/reviews: spec.http[0].timeout");
    rule("2s");
    assertThat(content.snapshot().problems()).isEmpty();
  }

  @Test
  void aRefusedRuleThatIsDeletedIsGoneWithWhatWasSaidOfIt() {
    rule("1s");
    rule("never");
    content.remove(RULE);
    assertThat(content.snapshot().state().objects()).isEmpty();
    assertThat(content.snapshot().problems()).isEmpty();
  }

  @Test
  void aServiceThatCannotBeReadKeepsItsLastGoodVersion() {
    FeedingStore.Sink<Service> services =
        ClusterObjects.typed(content, "Service", KubernetesObjects::service);
    services.put(service("10.1.0.1"));
    services.put(service("ten"));
    assertThat(content.snapshot().state().objects().values().toString()).contains("10.1.0.1");
    assertThat(content.snapshot().problems().toString())
        .contains("Service shop/reviews: spec.clusterIPs has ten");
  }

  private static Service service(String address) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("reviews")
        .endMetadata()
        .withNewSpec()
        .withClusterIP(address)
        .endSpec()
        .build();
  }

  @Test
  void aKindThatIsServedNoMoreTakesItsObjectsAlong() {
    rule("1s");
    put(pod("a", "1", "10.0.0.1"));
    content.removeKind("VirtualService");
    assertThat(content.snapshot().state().objects().keySet())
        .extracting(ObjectKey::kind)
        .containsExactly("Pod");
  }

  @Test
  void aKindThatCannotBeReadIsAProblemUntilItCan() {
    content.failed("Pod", "cannot be read: why");
    assertThat(content.failures()).containsExactly(Map.entry("Pod", "cannot be read: why"));
    assertThat(content.snapshot().problems()).hasToString("[error: Pod: cannot be read: why]");
    content.recovered("Pod");
    assertThat(content.snapshot().problems()).isEmpty();
  }

  @Test
  void rulesForOneHostAreComparedWhateverPodsDo() {
    rule("1s");
    String other =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: second, namespace: shop}
        spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}
        """;
    content.update(
        new ObjectKey("VirtualService", "shop", "second"),
        before -> before.updated(other, new RuleParser(), new KubernetesObjects()));
    assertThat(content.snapshot().problems().toString()).contains("comes first");
    put(pod("a", "1", "10.0.0.1"));
    assertThat(content.snapshot().problems().toString()).contains("comes first");
    assertThat(Map.copyOf(content.snapshot().state().objects())).hasSize(3);
  }

  @Test
  void aSliceWhoseEndpointsHaveAllGoneIsEmpty() {
    FeedingStore<EndpointSlice> slices =
        new FeedingStore<>(
            EndpointSlice::new,
            ClusterObjects.typed(content, "EndpointSlice", KubernetesObjects::slice));
    EndpointSlice gone =
        new KubernetesSerialization()
            .unmarshal(
                """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                 "metadata": {"name": "reviews-1", "namespace": "shop", "resourceVersion": "2"},
                 "endpoints": null, "ports": null}
                """,
                EndpointSlice.class);
    slices.put(slices.getKey(gone), gone);
    assertThat(content.snapshot().problems()).isEmpty();
    assertThat(content.snapshot().state().all(SliceObject.class))
        .singleElement()
        .satisfies(slice -> assertThat(slice.endpoints()).isEmpty());
  }
}
