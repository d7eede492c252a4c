package dev.heddle.benchmarks.decision;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.RoutePlan;
import dev.heddle.policy.snapshot.Router;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs: find the host, match its routes, pick a destination by weight, balance
 * among 100 endpoints with outlier state, report the response. The bar: below 300 ns and 0 B/op
 * with 20 rules, below 1 µs with 1,000 rules by path.
 */
@SuppressWarnings("NullAway.Init") // JMH fills the fields
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {

  private static final RandomSource DICE = bound -> ThreadLocalRandom.current().nextInt(bound);

  /** The balancers of which each pick is one of the hot path. */
  public enum Balance {
    LEAST_REQUEST,
    ROUND_ROBIN,
    RING_HASH;

    LoadBalancer settings() {
      return switch (this) {
        case LEAST_REQUEST -> LoadBalancer.LEAST_REQUEST;
        case ROUND_ROBIN -> LoadBalancer.of(LoadBalancer.Kind.ROUND_ROBIN, null, null);
        case RING_HASH ->
            LoadBalancer.of(
                LoadBalancer.Kind.CONSISTENT_HASH,
                ConsistentHash.builder()
                    .algorithm(ConsistentHash.Algorithm.RING_HASH)
                    .tableSize(1024)
                    .source(ConsistentHash.Source.HEADER)
                    .name("end-user")
                    .build(),
                null);
      };
    }
  }

  @Param({"20", "1000"})
  int rules;

  @Param Balance balance;

  private Router router;
  private CallRequest exact;
  private CallRequest prefix;
  private CallRequest last;

  @Setup
  public void prepare() {
    router = SampleMesh.router(rules, balance.settings(), DICE);
    exact = SampleMesh.request("/exact/" + (rules / 2 - 1) * 2);
    prefix = SampleMesh.request("/prefix/" + ((rules / 2 - 1) * 2 + 1) + "/reviews/7?full=true");
    last = SampleMesh.request("/elsewhere");
  }

  @Benchmark
  public Host exactPath() {
    return decide(exact);
  }

  @Benchmark
  public Host prefixPath() {
    return decide(prefix);
  }

  @Benchmark
  public Host lastRule() {
    return decide(last);
  }

  private Host decide(CallRequest request) {
    HostRouter reviews = Objects.requireNonNull(router.find("reviews", 9080));
    RouteTable.Matched<RoutePlan> matched = Objects.requireNonNull(reviews.match(request));
    RoutePlan plan = matched.route();
    ClusterState cluster = plan.cluster(plan.pickDestination(DICE));
    long nowNanos = System.nanoTime();
    long hash = balance == Balance.RING_HASH ? nowNanos : Balancer.NO_HASH;
    Host host = Objects.requireNonNull(cluster.pick(hash, Tried.NONE, nowNanos, DICE));
    host.begin();
    cluster.responded(host, 200, nowNanos);
    host.end();
    return host;
  }
}
