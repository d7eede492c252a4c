package dev.heddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.heddle.api.v1.Endpoints;
import dev.heddle.api.v1.Routes;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecPropertyTest {

  private static final int TRIES = 300; // values are large

  @Provide
  Arbitrary<List<HttpRoute>> routes() {
    return Texts.few(RouteValues.route());
  }

  @Provide
  Arbitrary<List<TcpRoute>> tcpRoutes() {
    return Texts.few(RouteValues.tcpRoute());
  }

  @Provide
  Arbitrary<List<Cluster>> clusters() {
    return Texts.few(ClusterValues.cluster());
  }

  @Provide
  Arbitrary<List<Endpoint>> endpoints() {
    return Texts.few(ClusterValues.endpoint());
  }

  @Provide
  Arbitrary<String> host() {
    return Texts.text();
  }

  @Property(tries = TRIES)
  void routesComeBackFromTheWireAsTheyWere(
      @ForAll("host") String host,
      @ForAll int port,
      @ForAll boolean opaque,
      @ForAll("routes") List<HttpRoute> routes,
      @ForAll("tcpRoutes") List<TcpRoute> tcpRoutes,
      @ForAll("clusters") List<Cluster> clusters)
      throws InvalidProtocolBufferException {
    HostRoutes value = HostRoutes.of(host, port, opaque, routes, tcpRoutes, clusters);
    byte[] wire = ClusterEncoder.encode(value).toByteArray();

    assertThat(ClusterDecoder.decode(Routes.parseFrom(wire))).isEqualTo(value);
  }

  @Property(tries = TRIES)
  void endpointsComeBackFromTheWireAsTheyWere(
      @ForAll("host") String host, @ForAll int port, @ForAll("endpoints") List<Endpoint> endpoints)
      throws InvalidProtocolBufferException {
    HostEndpoints value = HostEndpoints.of(host, port, endpoints);
    byte[] wire = ClusterEncoder.encode(value).toByteArray();

    assertThat(ClusterDecoder.decode(Endpoints.parseFrom(wire))).isEqualTo(value);
  }

  @Property
  void garbageIsAValueOrIsRefusedWithAReason(@ForAll byte[] garbage) {
    assertAnswered(garbage);
  }

  @Property(tries = TRIES)
  void aDamagedMessageIsAValueOrIsRefusedWithAReason(
      @ForAll("routes") List<HttpRoute> routes,
      @ForAll("clusters") List<Cluster> clusters,
      @ForAll("damage") int[] damage) {
    byte[] wire = ClusterEncoder.encode(HostRoutes.of("a", 80, routes, clusters)).toByteArray();
    for (int i : damage) {
      wire[Math.floorMod(i, wire.length)] = (byte) (i >> 16);
    }
    assertAnswered(wire);
    assertAnswered(Arrays.copyOf(wire, Math.floorMod(damage[0], wire.length)));
  }

  @Provide
  Arbitrary<int[]> damage() {
    return Arbitraries.integers().array(int[].class).ofMinSize(1).ofMaxSize(5);
  }

  private static void assertAnswered(byte[] wire) {
    try {
      assertThat(ClusterDecoder.decode(Routes.parseFrom(wire))).isNotNull();
      assertThat(ClusterDecoder.decode(Endpoints.parseFrom(wire))).isNotNull();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
