package dev.heddle.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.StringMatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RouterTest {

  private static final long SECOND = 1_000_000_000L;
  private static final OutlierDetection OUTLIERS =
      OutlierDetection.builder()
          .consecutive5xx(1)
          .intervalNanos(SECOND)
          .baseEjectionNanos(30 * SECOND)
          .maxEjectionPercent(100)
          .build();

  private final SeededRandom random = new SeededRandom(1);
  private final HttpRoute route = TestMesh.route().build();
  private final Cluster cluster = TestMesh.cluster().outlierDetection(OUTLIERS).build();
  private final HostRoutes routes = TestMesh.routes(route, cluster);
  private final Mesh mesh = Mesh.EMPTY.with(routes).with(TestMesh.endpoints(3));
  private final Router router = new Router(TestMesh.SOURCE, random);

  private ClusterState state() {
    return Objects.requireNonNull(router.clusters().get(TestMesh.REVIEWS));
  }

  private Host pick(long nowNanos) {
    return Objects.requireNonNull(state().pick(0, Tried.NONE, nowNanos, random));
  }

  @Test
  void aHostIsFoundByItsNameAndPortAlone() {
    router.update(mesh, 0);
    assertThat(router.find("reviews", 9080)).isNotNull();
    assertThat(router.find("reviews", 80)).isNull();
    assertThat(router.find("ratings", 9080)).isNull();
    router.update(mesh.withoutRoutes("reviews", 9080), 0);
    assertThat(router.find("reviews", 9080)).isNull();
  }

  @Test
  void otherEndpointsLeaveRoutesInPlaceAndKeepWhatWasSeenOfHosts() {
    router.update(mesh, 0);
    HostRouter before = router.find("reviews", 9080);
    Host ejected = pick(0);
    ejected.begin();
    state().responded(ejected, 500, 0);
    List<Endpoint> relabelled =
        Arrays.asList(
            ejected.endpoint().toBuilder().weight(2).build(), TestMesh.endpoint(9).build());
    router.update(mesh.with(HostEndpoints.of("reviews.default", 9080, relabelled)), SECOND);
    assertThat(router.find("reviews", 9080)).isSameAs(before);
    Host same = state().hosts().get(0);
    assertThat(same.weight()).isEqualTo(2);
    assertThat(same.health().ejected()).isTrue();
    assertThat(same.activeRequests()).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(pick(SECOND).endpoint().address()).isEqualTo("10.1.0.9");
    }
  }

  @Test
  void otherSettingsOfAClusterKeepWhatWasSeenOfHosts() {
    router.update(mesh, 0);
    Host busy = pick(0);
    busy.begin();
    state().responded(busy, 500, 0);
    Cluster changed =
        cluster.toBuilder().connectionPool(ConnectionPool.builder().maxRequests(7).build()).build();
    router.update(mesh.with(TestMesh.routes(route, changed)), 0);
    assertThat(state().cluster()).isEqualTo(changed);
    assertThat(state().hosts()).contains(busy);
    assertThat(state().ejections()).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(pick(0)).isNotSameAs(busy);
    }
  }

  @Test
  void anEjectionReportedByACallOfTheOldStateReachesTheNewOne() {
    router.update(mesh, 0);
    ClusterState old = state();
    Host failing = pick(0);
    Cluster changed =
        cluster.toBuilder().connectionPool(ConnectionPool.builder().maxRequests(7).build()).build();
    router.update(mesh.with(TestMesh.routes(route, changed)), 0);
    old.responded(failing, 500, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(pick(0)).isNotSameAs(failing);
    }
  }

  @Test
  void wherePanicIsOffAndAllAreEjectedNoneIsPickedUntilASweepBringsThemBack() {
    router.update(mesh, 0);
    state().hosts().forEach(host -> state().responded(host, 500, 0));
    assertThat(state().pick(0, Tried.NONE, 0, random)).isNull();
    assertThat(pick(31 * SECOND)).isNotNull();
  }

  @Test
  void belowMinHealthPercentCallsGoToAllHosts() {
    Cluster panics =
        cluster.toBuilder()
            .outlierDetection(OUTLIERS.toBuilder().minHealthPercent(50).build())
            .build();
    router.update(mesh.with(TestMesh.routes(route, panics)), 0);
    List<Host> hosts = state().hosts();
    state().responded(hosts.get(0), 500, 0);
    assertThat(pick(0)).isNotSameAs(hosts.get(0));
    assertThat(state().panicking()).isFalse();
    state().responded(hosts.get(1), 500, 0);
    assertThat(pick(0)).isNotNull();
    assertThat(state().panicking()).isTrue();
  }

  @Test
  void hostsThatTheirSourceCallsUnhealthyOrDrainingArePassedOver() {
    List<Endpoint> endpoints =
        Arrays.asList(
            TestMesh.endpoint(1).health(Endpoint.Health.UNHEALTHY).build(),
            TestMesh.endpoint(2).health(Endpoint.Health.DRAINING).build(),
            TestMesh.endpoint(3).build());
    router.update(mesh.with(HostEndpoints.of("reviews.default", 9080, endpoints)), 0);
    assertThat(state().hosts()).hasSize(1);
  }

  @Test
  void routesThatCannotBeUsedAreRefusedAndNothingChanges() {
    router.update(mesh, 0);
    HostRouter before = router.find("reviews", 9080);
    RouteMatch bad = RouteMatch.builder().uri(StringMatch.of(StringMatch.Kind.REGEX, "[")).build();
    HostRoutes refused =
        TestMesh.routes(route.toBuilder().matches(Collections.singletonList(bad)).build(), cluster);
    assertThatThrownBy(() -> Router.check(refused))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("routes of reviews:9080: regex \"[\"");
    assertThatThrownBy(() -> router.update(mesh.with(refused).with(TestMesh.endpoints(1)), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(router.find("reviews", 9080)).isSameAs(before);
    assertThat(state().hosts()).hasSize(3);
  }

  @Test
  void aRouteToAClusterThatIsAbsentIsRefused() {
    assertThatThrownBy(() -> Router.check(TestMesh.routes(route)))
        .hasMessageContaining("its cluster is absent");
  }
}
