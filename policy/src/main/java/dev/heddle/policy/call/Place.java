package dev.heddle.policy.call;

import dev.heddle.policy.balance.Host;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.snapshot.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * A call at its destination, and what it has taken there and must give back: a place in the pool, a
 * retry of the budget, a count on a host.
 */
final class Place {

  final ClusterState cluster;
  final Outgoing outgoing;
  final Affinity affinity;
  final RetryPolicy retryPolicy;
  private @Nullable Host host;
  private boolean retrying;

  /** Its place in the pool must have been taken. */
  Place(ClusterState cluster, Outgoing outgoing, Affinity affinity, RetryPolicy retryPolicy) {
    this.cluster = cluster;
    this.outgoing = outgoing;
    this.affinity = affinity;
    this.retryPolicy = retryPolicy;
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
  void failed(long nowNanos) {
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
  boolean mayRetry(int attempts) {
    if (attempts > retryPolicy.attempts()) {
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
