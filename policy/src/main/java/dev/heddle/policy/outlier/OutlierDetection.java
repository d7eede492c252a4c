package dev.heddle.policy.outlier;

import com.google.auto.value.AutoValue;

/** Istio {@code OutlierDetection}: endpoints that fail are left out for a while. */
@AutoValue
public abstract class OutlierDetection {

  /** 5xx in a row that eject, 0: off. */
  public abstract int consecutive5xx();

  /** 502, 503, 504 in a row that eject, 0: off. */
  public abstract int consecutiveGatewayErrors();

  /** Whether failures to connect are counted apart. */
  public abstract boolean splitLocalOriginErrors();

  /** Failures to connect in a row that eject, when counted apart. */
  public abstract int consecutiveLocalOriginFailures();

  /** Time between sweeps that bring endpoints back. */
  public abstract long intervalNanos();

  /** Ejection lasts this long times the number of ejections. */
  public abstract long baseEjectionNanos();

  /** Share of endpoints that may be out, 0 to 100. */
  public abstract int maxEjectionPercent();

  /** Below this share of healthy endpoints detection is off, 0 to 100. */
  public abstract int minHealthPercent();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_OutlierDetection.Builder()
        .consecutive5xx(0)
        .consecutiveGatewayErrors(0)
        .splitLocalOriginErrors(false)
        .consecutiveLocalOriginFailures(0)
        .intervalNanos(0)
        .baseEjectionNanos(0)
        .maxEjectionPercent(0)
        .minHealthPercent(0);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link OutlierDetection}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link OutlierDetection#consecutive5xx}. */
    public abstract Builder consecutive5xx(int consecutive5xx);

    /** See {@link OutlierDetection#consecutiveGatewayErrors}. */
    public abstract Builder consecutiveGatewayErrors(int consecutiveGatewayErrors);

    /** See {@link OutlierDetection#splitLocalOriginErrors}. */
    public abstract Builder splitLocalOriginErrors(boolean splitLocalOriginErrors);

    /** See {@link OutlierDetection#consecutiveLocalOriginFailures}. */
    public abstract Builder consecutiveLocalOriginFailures(int consecutiveLocalOriginFailures);

    /** See {@link OutlierDetection#intervalNanos}. */
    public abstract Builder intervalNanos(long intervalNanos);

    /** See {@link OutlierDetection#baseEjectionNanos}. */
    public abstract Builder baseEjectionNanos(long baseEjectionNanos);

    /** See {@link OutlierDetection#maxEjectionPercent}. */
    public abstract Builder maxEjectionPercent(int maxEjectionPercent);

    /** See {@link OutlierDetection#minHealthPercent}. */
    public abstract Builder minHealthPercent(int minHealthPercent);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract OutlierDetection build();
  }
}
