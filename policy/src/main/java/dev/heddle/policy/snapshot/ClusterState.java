package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.Balancers;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.limit.ClusterLimits;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.outlier.OutlierDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cluster at work: its hosts, how one is picked, which are left out. It outlives changes of its
 * endpoints; a change of its settings makes a successor that inherits what was seen of the hosts.
 */
public final class ClusterState {

  private static final Host[] NO_HOSTS = {};

  private final Cluster cluster;
  private final @Nullable OutlierDetector outliers;
  private final ClusterLimits limits;
  private @Nullable HostEndpoints endpoints;
  private volatile Members members;

  private ClusterState(
      Cluster cluster,
      @Nullable OutlierDetector outliers,
      ClusterLimits limits,
      Host[] hosts,
      RandomSource random) {
    this.cluster = cluster;
    this.outliers = outliers;
    this.limits = limits;
    this.members = Members.of(cluster, hosts, outliers, random);
  }

  /**
   * The state of a cluster, without hosts where there was none before. IllegalArgumentException if
   * its settings cannot be used.
   */
  static ClusterState of(
      Cluster cluster, @Nullable ClusterState before, long nowNanos, RandomSource random) {
    Balancers.check(cluster.loadBalancer());
    OutlierDetection settings = cluster.outlierDetection();
    OutlierDetector detector = null;
    if (before != null && Objects.equals(settings, before.cluster.outlierDetection())) {
      detector = before.outliers;
    } else if (settings != null) {
      detector = new OutlierDetector(settings, nowNanos);
    }
    return before == null
        ? new ClusterState(cluster, detector, new ClusterLimits(), NO_HOSTS, random)
        : new ClusterState(cluster, detector, before.limits, before.members.all, random);
  }

  /** Takes the endpoints of its service; those of its subset that are healthy become hosts. */
  synchronized void take(@Nullable HostEndpoints next, long nowNanos, RandomSource random) {
    if (next != null && next.equals(endpoints)) {
      return;
    }
    endpoints = next;
    List<Endpoint> all = next == null ? Collections.emptyList() : next.endpoints();
    members = Members.of(cluster, hosts(all, nowNanos), outliers, random);
  }

  private Host[] hosts(List<Endpoint> all, long nowNanos) {
    Map<String, Host> known = new HashMap<>();
    for (Host host : members.all) {
      known.put(key(host.endpoint()), host);
    }
    List<Host> hosts = new ArrayList<>(all.size());
    for (Endpoint endpoint : all) {
      if (endpoint.health() == Endpoint.Health.HEALTHY && inSubset(endpoint)) {
        Host host = known.get(key(endpoint));
        if (host != null) {
          hosts.add(host.changedTo(endpoint));
        } else {
          // The hosts of a first answer have been there all along: only later ones warm up.
          hosts.add(known.isEmpty() ? Host.known(endpoint) : Host.appeared(endpoint, nowNanos));
        }
      }
    }
    return hosts.toArray(NO_HOSTS);
  }

  private boolean inSubset(Endpoint endpoint) {
    return endpoint.labels().entrySet().containsAll(cluster.subsetLabels().entrySet());
  }

  private static String key(Endpoint endpoint) {
    return endpoint.address() + ' ' + endpoint.port();
  }

  /**
   * A host that is not left out, one that a retry does not avoid if there is one (a consistent hash
   * stays with its own); null if every host is left out or there is none.
   */
  public @Nullable Host pick(long hash, Tried tried, long nowNanos, RandomSource random) {
    Members now = members;
    if (outliers != null) {
      outliers.sweep(now.all, nowNanos);
      if (!now.current(outliers)) {
        now = refresh(outliers, random);
      }
    }
    return now.pick(hash, tried, nowNanos, random);
  }

  private synchronized Members refresh(OutlierDetector detector, RandomSource random) {
    if (!members.current(detector)) {
      members = Members.of(cluster, members.all, detector, random);
    }
    return members;
  }

  /** A response of the host, with its HTTP status. */
  public void responded(Host host, int status, long nowNanos) {
    if (outliers != null) {
      outliers.responded(host, members.all, status, nowNanos);
    }
  }

  /** No response of the host. */
  public void failed(Host host, long nowNanos) {
    if (outliers != null) {
      outliers.failedLocally(host, members.all, nowNanos);
    }
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
  public List<Host> hosts() {
    List<Host> hosts = new ArrayList<>();
    Collections.addAll(hosts, members.all);
    return Collections.unmodifiableList(hosts);
  }

  /** Ejections since the start, for metrics. */
  public long ejections() {
    return outliers == null ? 0 : outliers.ejections();
  }

  /** Hosts left out now, for metrics. */
  public int ejected() {
    int ejected = 0;
    for (Host host : members.all) {
      ejected += outliers != null && host.health().ejected() ? 1 : 0;
    }
    return ejected;
  }

  /** Whether so few hosts are healthy that calls go to all of them, for metrics. */
  public boolean panicking() {
    return members.panicking;
  }
}
