package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/** Istio {@code HTTPDirectResponse}: the mesh itself answers. */
@AutoValue
public abstract class DirectResponse {

  /** The value of its parts. */
  public static DirectResponse of(int status, String body) {
    return new AutoValue_DirectResponse(status, body);
  }

  /** HTTP status. */
  public abstract int status();

  /** Body text, UTF-8; may be empty. */
  public abstract String body();
}
