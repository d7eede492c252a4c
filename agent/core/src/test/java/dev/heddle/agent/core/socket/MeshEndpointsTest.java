package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeshEndpointsTest {

  private static final String HOST = "db.shop.svc.cluster.local";
  private static final String CLUSTER_IP = "10.96.0.7";

  private static Endpoint endpoint(String address, boolean tls, String account) {
    return Endpoint.builder()
        .address(address)
        .port(5432)
        .meshTls(tls)
        .identities(Collections.singletonList("spiffe://td/ns/shop/sa/" + account))
        .build();
  }

  private static @Nullable OutboundTls found(String address, int port, Endpoint... endpoints) {
    Destination to = Destination.of(HOST, 80, "");
    List<WeightedDestination> all =
        Collections.singletonList(
            WeightedDestination.of(to, 100, HeaderChange.NONE, HeaderChange.NONE));
    MeshEndpoints mesh = new MeshEndpoints();
    mesh.use(
        Mesh.EMPTY
            .with(
                HostRoutes.of(
                    CLUSTER_IP,
                    80,
                    Collections.emptyList(),
                    Collections.singletonList(TcpRoute.of(Collections.emptyList(), all)),
                    Collections.singletonList(Cluster.builder().destination(to).build())))
            .with(HostEndpoints.of(HOST, 80, Arrays.asList(endpoints))));
    return mesh.find(new InetSocketAddress(address, port));
  }

  @Test
  void anEndpointThatSpeaksMeshTlsIsKnownByItsAddress() {
    OutboundTls tls =
        Objects.requireNonNull(found("10.0.0.1", 5432, endpoint("10.0.0.1", true, "db")));

    assertThat(tls.identities()).containsExactly("spiffe://td/ns/shop/sa/db");
    assertThat(found("10.0.0.1", 5432, endpoint("10.0.0.1", false, "db"))).isNull();
  }

  @Test
  void behindTheAddressOfAServiceAnyOfItsEndpointsMayBe() {
    OutboundTls tls =
        Objects.requireNonNull(
            found(
                CLUSTER_IP, 80, endpoint("10.0.0.1", true, "a"), endpoint("10.0.0.2", true, "b")));

    assertThat(tls.identities())
        .containsExactly("spiffe://td/ns/shop/sa/a", "spiffe://td/ns/shop/sa/b");
    assertThat(tls.sni()).isEqualTo("outbound_.80_._." + HOST);
    assertThat(found(CLUSTER_IP, 81, endpoint("10.0.0.1", true, "a"))).as("its port").isNull();
  }

  @Test
  void theAddressOfAServiceIsPlainWhileOneOfItsEndpointsIs() {
    assertThat(
            found(
                CLUSTER_IP, 80, endpoint("10.0.0.1", true, "a"), endpoint("10.0.0.2", false, "b")))
        .isNull();
    assertThat(found(CLUSTER_IP, 80)).as("without endpoints").isNull();
  }
}
