package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.policy;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.balance.Endpoint;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which endpoints speak mesh TLS and as whom they are expected. */
class MeshTlsTest {

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: cart-1, namespace: shop, labels: {app: cart, security.istio.io/tlsMode: istio}}
      spec: {serviceAccountName: carts, containers: []}
      status: {podIP: 10.0.0.1}""";

  private static Endpoint endpoint(String host, int port, String... documents) {
    return Objects.requireNonNull(
            new MeshIndex(YamlState.of(documents), "td", KeySets.NONE)
                .endpoints("shop", host, port))
        .endpoints()
        .get(0);
  }

  private static Endpoint pod(String... documents) {
    String[] all = new String[documents.length + 1];
    all[0] = service("shop", "cart", 80);
    System.arraycopy(documents, 0, all, 1, documents.length);
    return endpoint("cart.shop.svc.cluster.local", 80, all);
  }

  private static Endpoint entry(String spec) {
    return endpoint("a.com", 80, serviceEntry("shop", "a", spec));
  }

  @Test
  void aLabelledPodSpeaksMeshTlsAsItsServiceAccount() {
    assertThat(pod(POD).meshTls()).isTrue();
    assertThat(pod(POD).identities()).containsExactly("spiffe://td/ns/shop/sa/carts");
    assertThat(pod(POD.replace("serviceAccountName: carts, ", "")).identities())
        .containsExactly("spiffe://td/ns/shop/sa/default");
    assertThat(pod(POD.replace("tlsMode: istio", "tlsMode: disabled")).meshTls()).isFalse();
  }

  @Test
  void aPortThatTakesNoMeshTlsIsCalledWithoutIt() {
    String disabled =
        policy(
            "PeerAuthentication",
            "shop",
            "cart",
            "{selector: {matchLabels: {app: cart}}, portLevelMtls: {80: {mode: DISABLE}}}");

    assertThat(pod(POD, disabled).meshTls()).isFalse();
    assertThat(pod(POD, disabled.replace("80:", "81:")).meshTls()).isTrue();
  }

  @Test
  void anEndpointOfAnEntryInTheMeshSpeaksItAsItsAccountOrAsTheEntrySays() {
    String spec =
        "{hosts: [a.com], location: MESH_INTERNAL, resolution: STATIC, ports: [{number: 80}],"
            + " endpoints: [{address: 10.0.0.1, serviceAccount: a,"
            + " labels: {security.istio.io/tlsMode: istio}}]}";

    assertThat(entry(spec).meshTls()).isTrue();
    assertThat(entry(spec).identities()).containsExactly("spiffe://td/ns/shop/sa/a");
    assertThat(entry(spec.replace("serviceAccount: a,", "")).identities()).isEmpty();
    assertThat(
            entry(spec.replace("ports:", "subjectAltNames: ['spiffe://x/y'], ports:")).identities())
        .containsExactly("spiffe://x/y");
  }

  @Test
  void whatLiesOutsideOfTheMeshSpeaksItNotByItselfAndThatIsSaid() {
    String spec =
        "{hosts: [a.com], resolution: STATIC, ports: [{number: 80}],"
            + " endpoints: [{address: 10.0.0.1, labels: {security.istio.io/tlsMode: istio}}]}";

    assertThat(entry(spec).meshTls()).isFalse();
    assertThat(YamlState.problems(serviceEntry("shop", "a", spec)))
        .contains("spec.location is not MESH_INTERNAL");
  }
}
