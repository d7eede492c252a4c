package dev.heddle.policy.fault;

import com.google.auto.value.AutoValue;

/** Istio {@code HTTPFaultInjection}: calls delayed or aborted on purpose. */
@AutoValue
public abstract class Fault {

  /** The value of its parts. */
  public static Fault of(
      long delayNanos,
      double delayPercent,
      int abortStatus,
      int abortGrpcStatus,
      double abortPercent) {
    return new AutoValue_Fault(
        delayNanos, delayPercent, abortStatus, abortGrpcStatus, abortPercent);
  }

  /** Fixed delay, 0 for none. */
  public abstract long delayNanos();

  /** Share of calls delayed, 0 to 100. */
  public abstract double delayPercent();

  /** HTTP status of an abort, 0 for none. */
  public abstract int abortStatus();

  /** The gRPC status of an abort, -1 for none. */
  public abstract int abortGrpcStatus();

  /** Share of calls aborted, 0 to 100. */
  public abstract double abortPercent();

  /** Whether there is a delay. */
  public final boolean delays() {
    return delayNanos() > 0;
  }

  /** Whether there is an abort. */
  public final boolean aborts() {
    return abortStatus() > 0 || abortGrpcStatus() >= 0;
  }
}
