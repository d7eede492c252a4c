package dev.heddle.policy.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections, calls and retries under way towards one cluster; what is taken is given back once.
 */
public final class ClusterLimits {

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  /** Takes a place for a call; false if the pool is full. */
  public boolean tryRequest(ConnectionPool pool) {
    return take(requests, pool.maxCalls());
  }

  /** Gives the place of a call back. */
  public void requestEnded() {
    requests.decrementAndGet();
  }

  /** Takes a place for a connection; false if as many as allowed are open. */
  public boolean tryConnection(ConnectionPool pool) {
    return take(connections, pool.maxConnections() > 0 ? pool.maxConnections() : Integer.MAX_VALUE);
  }

  /** Takes a place for a connection that opens whatever the limit is. */
  public void connectionOpened() {
    connections.incrementAndGet();
  }

  /** Gives the place of a connection back. */
  public void connectionClosed() {
    connections.decrementAndGet();
  }

  /** Takes a place for a retry; false if as many as allowed are under way. */
  public boolean tryRetry(ConnectionPool pool) {
    return take(retries, pool.maxRetries() < 0 ? Integer.MAX_VALUE : pool.maxRetries());
  }

  /** Gives the place of a retry back. */
  public void retryEnded() {
    retries.decrementAndGet();
  }

  /** Calls under way. */
  public int activeRequests() {
    return requests.get();
  }

  /** Connections that took a place. */
  public int activeConnections() {
    return connections.get();
  }

  /** Retries under way. */
  public int activeRetries() {
    return retries.get();
  }

  private static boolean take(AtomicInteger places, int limit) {
    if (places.incrementAndGet() <= limit) {
      return true;
    }
    places.decrementAndGet();
    return false;
  }
}
