package dev.heddle.policy.call;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.limit.ClusterLimits;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.snapshot.Cluster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One try at a call: where it goes and what is sent. */
@AutoValue
public abstract class Attempt {

  static Attempt of(
      int number,
      Cluster cluster,
      ClusterLimits limits,
      @Nullable Endpoint endpoint,
      String path,
      @Nullable String authority,
      List<HeaderChange> requestHeaders,
      long timeoutNanos,
      List<MirrorCopy> mirrors) {
    return new AutoValue_Attempt(
        number, cluster, limits, endpoint, path, authority, requestHeaders, timeoutNanos, mirrors);
  }

  /** 1 for the first, 2 for the first retry. */
  public abstract int number();

  /** The cluster chosen. */
  public abstract Cluster cluster();

  /** What is under way towards it, of all who call it. */
  public abstract ClusterLimits limits();

  /** The endpoint chosen; null: the address that the app itself would have used. */
  public abstract @Nullable Endpoint endpoint();

  /** Path with query to send. */
  public abstract String path();

  /** Authority to send, null: the app's own. */
  public abstract @Nullable String authority();

  /** Changes to the request's headers, in order. */
  public abstract List<HeaderChange> requestHeaders();

  /** Limit of this attempt, 0 for none; when it passes tell {@link Call#timedOut}. */
  public abstract long timeoutNanos();

  /** Copies to send beside the first attempt; none of a request that cannot be sent twice. */
  public abstract List<MirrorCopy> mirrors();
}
