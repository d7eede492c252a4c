package dev.heddle.policy.limit;

import com.google.auto.value.AutoValue;

/**
 * Istio {@code ConnectionPoolSettings}, as far as it makes sense for a caller in process. 0 means
 * no limit.
 */
@AutoValue
public abstract class ConnectionPool {

  /** No limit on anything. */
  public static final ConnectionPool UNLIMITED = builder().build();

  /** Open connections to all endpoints. */
  public abstract int maxConnections();

  /** Limit of one connect. */
  public abstract long connectTimeoutNanos();

  /** Calls that wait for a connection ({@code http1MaxPendingRequests}). */
  public abstract int maxPendingRequests();

  /** Calls under way ({@code http2MaxRequests}). */
  public abstract int maxRequests();

  /** Retries under way at once (retry budget), -1 for no limit of its own. */
  public abstract int maxRetries();

  /** Istio {@code max_requests_per_connection}: 1 keeps no connection. HTTP/1.1 only. */
  public abstract int maxRequestsPerConnection();

  /**
   * Istio {@code idle_timeout}: how long a connection may be without a request. Envoy's hour where
   * no rule says so is not ours: the app's client has its own.
   */
  public abstract long idleTimeoutNanos();

  /**
   * Calls under way at most. In process the app's own pool holds the connections, so Istio's two
   * limits of HTTP/1.1, connections in use and calls that wait for one, bound the calls together: a
   * call is refused where Envoy would refuse it, but none waits before that.
   */
  public final int maxCalls() {
    long calls = maxRequests() > 0 ? maxRequests() : Integer.MAX_VALUE;
    if (maxConnections() > 0 && maxPendingRequests() > 0) {
      calls = Math.min(calls, (long) maxConnections() + maxPendingRequests());
    }
    return (int) calls;
  }

  /** Whether a connection ends sooner than its client lets it. */
  public final boolean limitsConnections() {
    return maxRequestsPerConnection() > 0 || idleTimeoutNanos() > 0;
  }

  /** Whether a connection that carried so many requests carries no more. */
  public final boolean isSpent(int requests) {
    return maxRequestsPerConnection() > 0 && requests >= maxRequestsPerConnection();
  }

  /** The shorter of the idle time and what its client gives a connection, 0 for no end. */
  public final long idleNanos(long clientNanos) {
    boolean sooner = clientNanos <= 0 || idleTimeoutNanos() < clientNanos;
    return idleTimeoutNanos() > 0 && sooner ? idleTimeoutNanos() : clientNanos;
  }

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_ConnectionPool.Builder()
        .maxConnections(0)
        .connectTimeoutNanos(0)
        .maxPendingRequests(0)
        .maxRequests(0)
        .maxRetries(-1)
        .maxRequestsPerConnection(0)
        .idleTimeoutNanos(0);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link ConnectionPool}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link ConnectionPool#maxConnections}. */
    public abstract Builder maxConnections(int maxConnections);

    /** See {@link ConnectionPool#connectTimeoutNanos}. */
    public abstract Builder connectTimeoutNanos(long connectTimeoutNanos);

    /** See {@link ConnectionPool#maxPendingRequests}. */
    public abstract Builder maxPendingRequests(int maxPendingRequests);

    /** See {@link ConnectionPool#maxRequests}. */
    public abstract Builder maxRequests(int maxRequests);

    /** See {@link ConnectionPool#maxRetries}. */
    public abstract Builder maxRetries(int maxRetries);

    /** See {@link ConnectionPool#maxRequestsPerConnection}. */
    public abstract Builder maxRequestsPerConnection(int maxRequestsPerConnection);

    /** See {@link ConnectionPool#idleTimeoutNanos}. */
    public abstract Builder idleTimeoutNanos(long idleTimeoutNanos);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract ConnectionPool build();
  }
}
