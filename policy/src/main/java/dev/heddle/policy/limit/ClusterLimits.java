package dev.heddle.policy.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** Calls and retries under way towards one cluster; what is taken is given back once. */
public final class ClusterLimits {

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();

  /** Takes a place for a call; false if the pool is full. */
  public boolean tryRequest(ConnectionPool pool) {
    return take(requests, pool.maxCalls());
  }

  /** Gives the place of a call back. */
  public void requestEnded() {
    requests.decrementAndGet();
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
