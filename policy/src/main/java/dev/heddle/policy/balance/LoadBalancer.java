package dev.heddle.policy.balance;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** How one endpoint of a cluster is picked: Istio {@code LoadBalancerSettings}. */
@AutoValue
public abstract class LoadBalancer {

  /** Istio's default. */
  public static final LoadBalancer LEAST_REQUEST = of(Kind.LEAST_REQUEST, null, null);

  /** The kinds of {@link LoadBalancer} by kind. */
  public enum Kind {
    LEAST_REQUEST,
    ROUND_ROBIN,
    RANDOM,
    PASSTHROUGH,
    CONSISTENT_HASH
  }

  /** The value of its parts. */
  public static LoadBalancer of(
      Kind kind, @Nullable ConsistentHash consistentHash, @Nullable Warmup warmup) {
    return new AutoValue_LoadBalancer(kind, consistentHash, warmup);
  }

  /** The algorithm. */
  public abstract Kind kind();

  /** Present when kind is CONSISTENT_HASH. */
  public abstract @Nullable ConsistentHash consistentHash();

  /** Slow start. */
  public abstract @Nullable Warmup warmup();
}
