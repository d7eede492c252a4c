package dev.heddle.policy.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import dev.heddle.policy.TestRequest;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.Router;
import java.util.EnumSet;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CallPropertyTest {

  private static final long MILLI = 1_000_000L;
  private static final int[] STATUSES = {200, 404, 500, 503};

  private static final HttpRoute ROUTE =
      TestMesh.route()
          .timeoutNanos(300 * MILLI)
          .fault(Fault.of(20 * MILLI, 20, 503, -1, 10))
          .retry(
              RetryPolicy.builder()
                  .attempts(3)
                  .perTryTimeoutNanos(50 * MILLI)
                  .retryOn(EnumSet.of(RetryPolicy.Condition.SERVER_ERROR))
                  .ignorePreviousHosts(true)
                  .build())
          .build();

  private static final Cluster CLUSTER =
      TestMesh.cluster()
          .connectionPool(ConnectionPool.builder().maxRequests(4).maxRetries(2).build())
          .outlierDetection(
              OutlierDetection.builder()
                  .consecutive5xx(2)
                  .intervalNanos(100 * MILLI)
                  .baseEjectionNanos(200 * MILLI)
                  .maxEjectionPercent(100)
                  .build())
          .build();

  @Property
  void callsGiveBackWhatTheyTookWhateverHappensToThem(
      @ForAll long seed, @ForAll @IntRange(max = 4) int endpoints) {
    Router router = TestMesh.router(ROUTE, endpoints, CLUSTER);
    SeededRandom random = new SeededRandom(seed);
    Walk[] walks = new Walk[6];
    long now = 0;
    for (int step = 0; step < 200; step++) {
      int at = random.nextInt(walks.length);
      now += random.nextInt(30) * MILLI;
      if (walks[at] == null || walks[at].over) {
        walks[at] = new Walk(router, random, now);
      } else {
        walks[at].step(now);
      }
    }
    for (Walk walk : walks) {
      if (walk != null) {
        walk.call.cancelled();
      }
    }
    ClusterState state = Objects.requireNonNull(router.clusters().get(TestMesh.REVIEWS));
    assertThat(state.limits().activeRequests()).isZero();
    assertThat(state.limits().activeRetries()).isZero();
    assertThat(state.hosts()).allMatch(host -> host.activeRequests() == 0);
  }

  /** A call to which anything that can happen happens. */
  private static final class Walk {
    final Call call;
    private final SeededRandom random;
    private Action last;
    boolean over;

    Walk(Router router, SeededRandom random, long nowNanos) {
      this.random = random;
      call =
          new Call(TestMesh.reviews(router), TestRequest.get("/"), random.nextInt(2) == 0, random);
      last = call.start(nowNanos);
      over = last instanceof Action.Reply;
    }

    void step(long nowNanos) {
      if (random.nextInt(10) == 0) {
        call.cancelled();
        over = true;
      } else if (last instanceof Action.Deliver) {
        call.finished();
        over = true;
      } else {
        last = last instanceof Action.Wait ? call.waited(nowNanos) : outcome(nowNanos);
        over = last instanceof Action.Reply || last instanceof Action.Fail;
        assertThat(call.attempts()).isLessThanOrEqualTo(4);
      }
    }

    private Action outcome(long nowNanos) {
      int drawn = random.nextInt(8);
      return drawn < 4
          ? call.failed(Outcome.values()[drawn], nowNanos)
          : call.responded(STATUSES[drawn - 4], -1, nowNanos);
    }
  }
}
