package dev.heddle.policy.authz;

import com.google.auto.value.AutoValue;
import java.util.List;

/**
 * A condition on one attribute: it is like one of the values, if there are any, and like none of
 * the notValues. Istio: {@code abc}, {@code abc*}, {@code *abc}, and {@code *} for present.
 */
@AutoValue
public abstract class AttributeMatch {

  /** The value of its parts. */
  public static AttributeMatch of(
      Attribute attribute, String key, List<String> values, List<String> notValues) {
    return new AutoValue_AttributeMatch(attribute, key, values, notValues);
  }

  /** What is looked at. */
  public abstract Attribute attribute();

  /** The header in lower case, or the claim as in {@code name][nested}; else empty. */
  public abstract String key();

  /** What it may be; empty for anything. */
  public abstract List<String> values();

  /** What it must not be. */
  public abstract List<String> notValues();
}
