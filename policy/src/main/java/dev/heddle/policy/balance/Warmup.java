package dev.heddle.policy.balance;

import com.google.auto.value.AutoValue;

/**
 * Istio {@code LoadBalancerSettings.WarmupConfiguration}: a new endpoint gets its share little by
 * little.
 */
@AutoValue
public abstract class Warmup {

  /** The value of its parts. */
  public static Warmup of(long durationNanos, double minimumPercent, double aggression) {
    return new AutoValue_Warmup(durationNanos, minimumPercent, aggression);
  }

  /** How long it takes. */
  public abstract long durationNanos();

  /** Share at the start, 0 to 100; Istio: 10. */
  public abstract double minimumPercent();

  /** Form of the curve, at least 1; 1 is linear. */
  public abstract double aggression();
}
