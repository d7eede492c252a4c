package dev.heddle.policy.call;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.snapshot.Cluster;

/** A copy of a request whose answer nobody waits for. Its authority gets Envoy's suffix -shadow. */
@AutoValue
public abstract class MirrorCopy {

  static MirrorCopy of(Cluster cluster, Endpoint endpoint) {
    return new AutoValue_MirrorCopy(cluster, endpoint);
  }

  /** The cluster. */
  public abstract Cluster cluster();

  /** The endpoint chosen. */
  public abstract Endpoint endpoint();
}
