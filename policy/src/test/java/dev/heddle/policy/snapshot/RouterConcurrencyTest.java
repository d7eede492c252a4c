package dev.heddle.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import dev.heddle.policy.TestRequest;
import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RouterConcurrencyTest {

  private static final long MILLI = 1_000_000L;
  private static final int THREADS = 4;
  private static final int CALLS = 20_000;

  private static final Cluster CLUSTER =
      TestMesh.cluster()
          .outlierDetection(
              OutlierDetection.builder()
                  .consecutive5xx(2)
                  .intervalNanos(MILLI)
                  .baseEjectionNanos(MILLI)
                  .maxEjectionPercent(60)
                  // Where hosts leave, all that stay may be ejected ones: then panic takes them.
                  .minHealthPercent(10)
                  .build())
          .build();

  private final Router router = TestMesh.router(TestMesh.route().build(), 5, CLUSTER);

  @Test
  void callsAlwaysFindAHostAndGiveItBackWhileEndpointsAndSettingsChange() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> refused = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long seed = thread;
        refused.add(threads.submit(() -> makeCalls(seed)));
      }
      for (int change = 0; change < 500; change++) {
        Cluster cluster =
            CLUSTER.toBuilder()
                .connectionPool(ConnectionPool.builder().maxRequests(1_000 + change % 7).build())
                .build();
        router.update(
            Mesh.EMPTY
                .with(TestMesh.routes(TestMesh.route().build(), cluster))
                .with(TestMesh.endpoints(3 + change % 5)),
            change * MILLI);
      }
      for (Future<Integer> count : refused) {
        assertThat(count.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    ClusterState state = Objects.requireNonNull(router.clusters().get(TestMesh.REVIEWS));
    assertThat(state.limits().activeRequests()).isZero();
    assertThat(state.hosts()).allMatch(host -> host.activeRequests() == 0);
  }

  private int makeCalls(long seed) {
    SeededRandom random = new SeededRandom(seed);
    int refused = 0;
    for (int i = 0; i < CALLS; i++) {
      Call call = new Call(TestMesh.reviews(router), TestRequest.get("/"), true, random);
      long nowNanos = i * 10_000L;
      if (call.start(nowNanos) instanceof Action.Send) {
        call.responded(random.nextInt(3) == 0 ? 500 : 200, -1, nowNanos);
        call.finished();
      } else {
        refused++;
      }
    }
    return refused;
  }
}
