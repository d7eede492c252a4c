package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.Balancers;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.outlier.OutlierDetector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts of a cluster at one moment, and those of them among which calls are balanced. */
final class Members {

  /** Draws that may hit a host already tried, Istio's host_selection_retry_max_attempts. */
  private static final int MAX_DRAWS = 5;

  final Host[] all;
  final boolean panicking;
  private final Host[] candidates;
  private final @Nullable Balancer balancer;
  private final long version;

  private Members(
      Host[] all, Host[] candidates, @Nullable Balancer balancer, boolean panicking, long version) {
    this.all = all;
    this.candidates = candidates;
    this.balancer = balancer;
    this.panicking = panicking;
    this.version = version;
  }

  /**
   * Candidates are the hosts not ejected; all hosts where fewer than minHealthPercent are left,
   * which is Envoy's panic mode with the threshold that Istio gives it; none where none is left.
   */
  static Members of(
      Cluster cluster, Host[] all, @Nullable OutlierDetector outliers, RandomSource random) {
    // Read before the flags: a later ejection then shows as a newer version.
    long version = outliers == null ? 0 : outliers.version();
    List<Host> healthy = new ArrayList<>(all.length);
    for (Host host : all) {
      if (outliers == null || !host.health().ejected()) {
        healthy.add(host);
      }
    }
    OutlierDetection settings = cluster.outlierDetection();
    boolean panicking =
        settings != null && healthy.size() * 100L < (long) settings.minHealthPercent() * all.length;
    Host[] candidates = panicking ? all : healthy.toArray(new Host[0]);
    Balancer balancer =
        candidates.length == 0 ? null : Balancers.of(cluster.loadBalancer(), candidates, random);
    return new Members(all, candidates, balancer, panicking, version);
  }

  /** Whether no host was ejected or brought back since. */
  boolean current(OutlierDetector outliers) {
    return version == outliers.version();
  }

  /** A candidate, one that is not avoided if there is one; null if there is no candidate. */
  @Nullable Host pick(long hash, Tried tried, long nowNanos, RandomSource random) {
    if (balancer == null) {
      return null;
    }
    Host host = balancer.pick(hash, nowNanos, random);
    if (tried.avoidsNothing() || balancer.consistent()) {
      return host;
    }
    for (int draw = 1; draw < MAX_DRAWS && tried.avoids(host); draw++) {
      host = balancer.pick(hash, nowNanos, random);
    }
    return tried.avoids(host) ? other(host, tried, random) : host;
  }

  /** Envoy would take the host drawn last; another one, which costs a look, is never worse. */
  private Host other(Host drawn, Tried tried, RandomSource random) {
    int start = random.nextInt(candidates.length);
    Host untried = drawn;
    for (int i = 0; i < candidates.length; i++) {
      Host host = candidates[(start + i) % candidates.length];
      if (!tried.avoids(host)) {
        return host;
      }
      untried = tried.isSpent(untried) ? host : untried;
    }
    return untried;
  }
}
