package dev.heddle.policy.retry;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Istio {@code HTTPRetry}: when and how often a failed attempt is made again. */
@AutoValue
public abstract class RetryPolicy {

  /** What holds where no rule says otherwise: 2 retries, as Istio's default. */
  public static final RetryPolicy DEFAULT =
      builder()
          .attempts(2)
          .retryOn(
              Collections.unmodifiableSet(
                  EnumSet.of(
                      Condition.CONNECT_FAILURE,
                      Condition.REFUSED_STREAM,
                      Condition.UNAVAILABLE,
                      Condition.CANCELLED)))
          .ignorePreviousHosts(true)
          .build();

  /** The kinds of {@link RetryPolicy} by condition. */
  public enum Condition {
    CONNECT_FAILURE,
    REFUSED_STREAM,
    UNAVAILABLE,
    CANCELLED,
    RESET,
    RESET_BEFORE_REQUEST,
    GATEWAY_ERROR,
    SERVER_ERROR,
    RETRIABLE_4XX,
    RETRIABLE_STATUS_CODES,
    DEADLINE_EXCEEDED,
    INTERNAL,
    RESOURCE_EXHAUSTED
  }

  /** Retries after the first attempt, 0 turns them off. */
  public abstract int attempts();

  /** Limit of one attempt, 0 for none. */
  public abstract long perTryTimeoutNanos();

  /** Base of the exponential backoff; Envoy: 25 ms. */
  public abstract long backoffNanos();

  /** Conditions that make a retry. */
  public abstract Set<Condition> retryOn();

  /** Further HTTP statuses that make a retry. */
  public abstract List<Integer> statusCodes();

  /** Whether hosts already tried are avoided. */
  public abstract boolean ignorePreviousHosts();

  /** Whether retries behind the first look for hosts of other localities than those tried. */
  public abstract boolean retryRemoteLocalities();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_RetryPolicy.Builder()
        .attempts(0)
        .perTryTimeoutNanos(0)
        .backoffNanos(25_000_000L)
        .retryOn(Collections.emptySet())
        .statusCodes(Collections.emptyList())
        .ignorePreviousHosts(false)
        .retryRemoteLocalities(false);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link RetryPolicy}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link RetryPolicy#attempts}. */
    public abstract Builder attempts(int attempts);

    /** See {@link RetryPolicy#perTryTimeoutNanos}. */
    public abstract Builder perTryTimeoutNanos(long perTryTimeoutNanos);

    /** See {@link RetryPolicy#backoffNanos}. */
    public abstract Builder backoffNanos(long backoffNanos);

    /** See {@link RetryPolicy#retryOn}. */
    public abstract Builder retryOn(Set<Condition> retryOn);

    /** See {@link RetryPolicy#statusCodes}. */
    public abstract Builder statusCodes(List<Integer> statusCodes);

    /** See {@link RetryPolicy#ignorePreviousHosts}. */
    public abstract Builder ignorePreviousHosts(boolean ignorePreviousHosts);

    /** See {@link RetryPolicy#retryRemoteLocalities}. */
    public abstract Builder retryRemoteLocalities(boolean retryRemoteLocalities);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract RetryPolicy build();
  }
}
