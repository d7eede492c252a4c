package dev.heddle.control.index;

import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.destinationrule.PortTrafficPolicy;
import dev.heddle.rules.destinationrule.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which limits of HTTP/1.1 connections have no effect: in the app's process they bound calls, and
 * only both together say how many.
 */
final class PoolLimits {

  private final List<String> warnings = new ArrayList<>();

  private PoolLimits() {}

  /** A sentence for each limit without its other half, beginning with its path. */
  static List<String> withoutEffect(DestinationRule rule) {
    PoolLimits limits = new PoolLimits();
    limits.policy("spec.trafficPolicy", rule.spec().trafficPolicy());
    for (int i = 0; i < rule.spec().subsets().size(); i++) {
      limits.policy(
          "spec.subsets[" + i + "].trafficPolicy", rule.spec().subsets().get(i).trafficPolicy());
    }
    return List.copyOf(limits.warnings);
  }

  private void policy(String path, @Nullable TrafficPolicy policy) {
    if (policy == null) {
      return;
    }
    pool(path, policy.connectionPool());
    List<PortTrafficPolicy> ports = policy.portLevelSettings();
    for (int i = 0; i < ports.size(); i++) {
      pool(path + ".portLevelSettings[" + i + "]", ports.get(i).connectionPool());
    }
  }

  private void pool(String path, @Nullable ConnectionPoolRule pool) {
    boolean connections = pool != null && pool.tcp() != null && pool.tcp().maxConnections() != null;
    boolean pending =
        pool != null && pool.http() != null && pool.http().http1MaxPendingRequests() != null;
    if (connections && !pending) {
      warn(path, "tcp.maxConnections", "http.http1MaxPendingRequests");
    } else if (pending && !connections) {
      warn(path, "http.http1MaxPendingRequests", "tcp.maxConnections");
    }
  }

  private void warn(String path, String set, String missing) {
    warnings.add(path + ".connectionPool." + set + " has no effect yet without " + missing);
  }
}
