package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.Balancers;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.limit.ClusterLimits;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.outlier.OutlierDetector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cluster at work: its hosts, how one is picked, which are left out. A new configuration makes
 * a new state that inherits what is still true of the old one.
 */
public final class ClusterState {

  /**
   * Draws at most to get away from hosts already tried: Istio's host_selection_retry_max_attempts.
   */
  private static final int MAX_DRAWS = 5;

  private final Cluster cluster;
  private final Host[] hosts;
  private final @Nullable OutlierDetector outliers;
  private final ClusterLimits limits;
  private volatile @Nullable Balancer balancer;

  private ClusterState(
      Cluster cluster, Host[] hosts, @Nullable OutlierDetector outliers, ClusterLimits limits) {
    this.cluster = cluster;
    this.hosts = hosts;
    this.outliers = outliers;
    this.limits = limits;
    this.balancer = rebalance();
  }

  /** The state of a cluster among these endpoints, of which only those of its subset are taken. */
  static ClusterState of(
      Cluster cluster, List<Endpoint> endpoints, @Nullable ClusterState before, long nowNanos) {
    Map<String, Host> known = new HashMap<>();
    if (before != null) {
      for (Host host : before.hosts) {
        known.put(key(host.endpoint()), host);
      }
    }
    List<Host> hosts = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.health() == Endpoint.Health.HEALTHY && inSubset(cluster, endpoint)) {
        Host host = known.get(key(endpoint));
        // The hosts of a first answer have been there all along: only later ones warm up.
        long since = known.isEmpty() ? nowNanos - Long.MAX_VALUE / 2 : nowNanos;
        hosts.add(host == null ? Host.appeared(endpoint, since) : host.changedTo(endpoint));
      }
    }
    ClusterLimits limits = before == null ? new ClusterLimits() : before.limits;
    return new ClusterState(
        cluster, hosts.toArray(new Host[0]), detector(cluster, before, nowNanos), limits);
  }

  private static @Nullable OutlierDetector detector(
      Cluster cluster, @Nullable ClusterState before, long nowNanos) {
    OutlierDetection settings = cluster.outlierDetection();
    if (settings == null) {
      return null;
    }
    boolean same = before != null && settings.equals(before.cluster.outlierDetection());
    return same ? before.outliers : new OutlierDetector(settings, nowNanos);
  }

  private static boolean inSubset(Cluster cluster, Endpoint endpoint) {
    return endpoint.labels().entrySet().containsAll(cluster.subsetLabels().entrySet());
  }

  private static String key(Endpoint endpoint) {
    return endpoint.address() + ' ' + endpoint.port();
  }

  /** A host that is not left out, away from those tried if that can be; null if there is none. */
  public @Nullable Host pick(long hash, List<Host> tried, long nowNanos, RandomSource random) {
    if (outliers != null && outliers.sweep(hosts, nowNanos)) {
      balancer = rebalance();
    }
    Balancer current = balancer;
    if (current == null) {
      return null;
    }
    Host host = current.pick(hash, nowNanos, random);
    if (tried.isEmpty() || current.consistent()) {
      return host;
    }
    for (int draw = 1; draw < MAX_DRAWS && tried.contains(host); draw++) {
      host = current.pick(hash, nowNanos, random);
    }
    return host;
  }

  /** A response of the host, with its HTTP status. */
  public void responded(Host host, int status, long nowNanos) {
    if (outliers != null && outliers.responded(host, hosts, status, nowNanos)) {
      balancer = rebalance();
    }
  }

  /** No response of the host. */
  public void failed(Host host, long nowNanos) {
    if (outliers != null && outliers.failedLocally(host, hosts, nowNanos)) {
      balancer = rebalance();
    }
  }

  /**
   * Balances among the hosts that are not left out; among all where fewer than minHealthPercent are
   * left, which is Envoy's panic; among none where none is left.
   */
  private @Nullable Balancer rebalance() {
    List<Host> healthy = new ArrayList<>();
    for (Host host : hosts) {
      if (outliers == null || !host.health().ejected()) {
        healthy.add(host);
      }
    }
    OutlierDetection settings = cluster.outlierDetection();
    boolean panic =
        settings != null
            && healthy.size() * 100L < (long) settings.minHealthPercent() * hosts.length;
    Host[] candidates = panic ? hosts : healthy.toArray(new Host[0]);
    return candidates.length == 0 ? null : Balancers.of(cluster.loadBalancer(), candidates);
  }

  /** The configuration. */
  public Cluster cluster() {
    return cluster;
  }

  /** Calls and retries under way. */
  public ClusterLimits limits() {
    return limits;
  }

  /** All hosts of the subset, those left out among them. */
  public Host[] hosts() {
    return hosts.clone();
  }

  /** Ejections since the start. */
  public long ejections() {
    return outliers == null ? 0 : outliers.ejections();
  }
}
