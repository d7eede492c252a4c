package dev.heddle.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.route.Destination;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ClusterTest {

  private static final Endpoint PLAIN = Endpoint.builder().build();
  private static final Endpoint MESH =
      Endpoint.builder().meshTls(true).identities(Collections.singletonList("spiffe://a")).build();

  private static Cluster cluster(ClientTls.Mode mode) {
    return cluster().toBuilder().tls(ClientTls.builder().mode(mode).build()).build();
  }

  private static Cluster cluster() {
    return Cluster.builder().destination(Destination.of("cart.shop", 80, "v1")).build();
  }

  @Test
  void whoeverSpeaksMeshTlsIsCalledWithItUnlessARuleSaysOtherwise() {
    assertThat(cluster().speaksMeshTls(MESH)).isTrue();
    assertThat(cluster().speaksMeshTls(PLAIN)).isFalse();
    assertThat(cluster(ClientTls.Mode.DISABLE).speaksMeshTls(MESH)).isFalse();
    assertThat(cluster(ClientTls.Mode.SIMPLE).speaksMeshTls(MESH)).isFalse();
    assertThat(cluster(ClientTls.Mode.ISTIO_MUTUAL).speaksMeshTls(PLAIN)).isTrue();
  }

  @Test
  void namesOfTheRuleReplaceThoseOfTheEndpoint() {
    ClientTls named =
        ClientTls.builder()
            .mode(ClientTls.Mode.ISTIO_MUTUAL)
            .subjectAltNames(Collections.singletonList("spiffe://b"))
            .sni("own")
            .build();

    assertThat(cluster().identities(MESH)).containsExactly("spiffe://a");
    assertThat(cluster().toBuilder().tls(named).build().identities(MESH))
        .containsExactly("spiffe://b");
    assertThat(cluster().meshServerName()).isEqualTo("outbound_.80_.v1_.cart.shop");
    assertThat(cluster().toBuilder().tls(named).build().meshServerName()).isEqualTo("own");
  }
}
