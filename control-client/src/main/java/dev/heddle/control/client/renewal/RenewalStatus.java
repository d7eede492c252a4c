package dev.heddle.control.client.renewal;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** How renewals went, for people and metrics. */
@AutoValue
public abstract class RenewalStatus {

  static final RenewalStatus NONE = of(0, 0, 0, null, 0);

  /** The value of its parts. */
  public static RenewalStatus of(
      long issued, long failed, long failedAtMillis, @Nullable String failure, long nextAtMillis) {
    return new AutoValue_RenewalStatus(issued, failed, failedAtMillis, failure, nextAtMillis);
  }

  /** Certificates issued since the start. */
  public abstract long issued();

  /** Requests that failed since the start. */
  public abstract long failed();

  /** When the last failure was, milliseconds since 1970; 0: there was none. */
  public abstract long failedAtMillis();

  /** Why the last request failed; null: it did not. */
  public abstract @Nullable String failure();

  /** When the next request is due, milliseconds since 1970; 0: not started. */
  public abstract long nextAtMillis();

  final RenewalStatus issued(long nextAtMillis) {
    return of(issued() + 1, failed(), failedAtMillis(), null, nextAtMillis);
  }

  final RenewalStatus failed(String reason, long nowMillis, long nextAtMillis) {
    return of(issued(), failed() + 1, nowMillis, reason, nextAtMillis);
  }
}
