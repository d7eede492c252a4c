package dev.heddle.policy.call;

import dev.heddle.policy.balance.Host;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.snapshot.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * What a call has taken of a cluster and must give back: a place in its pool, a count on a host.
 */
final class Place {

  final ClusterState cluster;
  private @Nullable Host host;
  private boolean retrying;

  Place(ClusterState cluster) {
    this.cluster = cluster;
  }

  void enter(Host host) {
    leave();
    this.host = host;
    host.begin();
  }

  void leave() {
    if (host != null) {
      host.end();
      host = null;
    }
  }

  /** The attempt ended without a response. */
  void left(long nowNanos) {
    if (host != null) {
      cluster.failed(host, nowNanos);
    }
    leave();
  }

  void responded(int status, int grpcStatus, long nowNanos) {
    if (host != null) {
      cluster.responded(host, GrpcStatus.toHttp(status, grpcStatus), nowNanos);
    }
  }

  /** Whether the policy and the retry budget leave another attempt; takes it from the budget. */
  boolean mayRetry(int attempts, RetryPolicy policy) {
    if (attempts > policy.attempts()) {
      return false;
    }
    if (!retrying) {
      retrying = cluster.limits().tryRetry(cluster.cluster().connectionPool());
    }
    return retrying;
  }

  void giveBack() {
    leave();
    if (retrying) {
      retrying = false;
      cluster.limits().retryEnded();
    }
    cluster.limits().requestEnded();
  }
}
