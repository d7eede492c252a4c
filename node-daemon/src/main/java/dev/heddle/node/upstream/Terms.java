package dev.heddle.node.upstream;

import dev.heddle.policy.limit.ClusterLimits;
import dev.heddle.policy.limit.ConnectionPool;
import java.util.concurrent.TimeUnit;

/**
 * How connections of a pool are opened, kept and ended.
 *
 * @param connectMillis until one stands, its handshake included
 * @param idleNanos without a request
 * @param maxRequests that one carries, 0 for no limit
 * @param limit of those that are open
 */
public record Terms(int connectMillis, long idleNanos, int maxRequests, ConnectionLimit limit) {

  /** Envoy's and Istio's default. */
  private static final int CONNECT_MILLIS = 10_000;

  /** Shorter than Envoy's hour: most servers end an idle connection within a minute. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Where no rule says otherwise. */
  public static final Terms DEFAULT =
      new Terms(CONNECT_MILLIS, IDLE_NANOS, 0, ConnectionLimit.NONE);

  /** What a DestinationRule says of connections that do not count, as those of mirrors. */
  public static Terms of(ConnectionPool pool) {
    return of(pool, ConnectionLimit.NONE);
  }

  /** What a DestinationRule says. */
  public static Terms of(ConnectionPool pool, ClusterLimits limits) {
    return of(pool, ConnectionLimit.of(pool, limits));
  }

  private static Terms of(ConnectionPool pool, ConnectionLimit limit) {
    if (pool.equals(ConnectionPool.UNLIMITED)) {
      return DEFAULT;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(pool.connectTimeoutNanos());
    return new Terms(
        millis <= 0 ? CONNECT_MILLIS : (int) Math.min(millis, Integer.MAX_VALUE),
        pool.idleNanos(IDLE_NANOS),
        pool.maxRequestsPerConnection(),
        limit);
  }

  /** Whether a connection that carried so many requests carries no more. */
  boolean isSpent(int requests) {
    return maxRequests > 0 && requests >= maxRequests;
  }
}
