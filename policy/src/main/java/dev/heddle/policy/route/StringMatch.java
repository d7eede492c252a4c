package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/**
 * How one string must look: Istio {@code StringMatch}, and the presence test of an empty header
 * match.
 */
@AutoValue
public abstract class StringMatch {

  /** The kinds of {@link StringMatch} by kind. */
  public enum Kind {
    EXACT,
    PREFIX,
    REGEX,
    PRESENT
  }

  /** The value of its parts. */
  public static StringMatch of(Kind kind, String value) {
    return new AutoValue_StringMatch(kind, value);
  }

  /** Which comparison is made. */
  public abstract Kind kind();

  /** The literal, prefix or RE2 expression; empty for PRESENT. */
  public abstract String value();
}
