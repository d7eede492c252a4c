package dev.heddle.node.upstream;

import dev.heddle.policy.limit.ConnectionPool;
import java.util.concurrent.TimeUnit;

/**
 * How long things may take with a connection.
 *
 * @param connectMillis until it stands, its handshake included
 * @param idleNanos without a request
 * @param maxRequests that it carries, 0 for no limit
 */
public record Terms(int connectMillis, long idleNanos, int maxRequests) {

  /** Envoy's and Istio's default. */
  private static final int CONNECT_MILLIS = 10_000;

  /** Shorter than Envoy's hour: most servers end an idle connection within a minute. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Where no rule says otherwise. */
  public static final Terms DEFAULT = new Terms(CONNECT_MILLIS, IDLE_NANOS, 0);

  /** What a DestinationRule says. */
  public static Terms of(ConnectionPool pool) {
    if (pool.equals(ConnectionPool.UNLIMITED)) {
      return DEFAULT;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(pool.connectTimeoutNanos());
    return new Terms(
        millis <= 0 ? CONNECT_MILLIS : (int) Math.min(millis, Integer.MAX_VALUE),
        pool.idleNanos(IDLE_NANOS),
        pool.maxRequestsPerConnection());
  }
}
