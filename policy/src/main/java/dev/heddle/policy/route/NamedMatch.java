package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/** A condition on a header or query parameter, by its name. */
@AutoValue
public abstract class NamedMatch {

  /** The value of its parts. */
  public static NamedMatch of(String name, StringMatch match) {
    return new AutoValue_NamedMatch(name, match);
  }

  /** Header name in lower case, or query parameter name as it is written. */
  public abstract String name();

  /** What its value must look like. */
  public abstract StringMatch match();
}
