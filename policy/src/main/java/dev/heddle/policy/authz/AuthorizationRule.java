package dev.heddle.policy.authz;

import com.google.auto.value.AutoValue;
import java.util.List;

/**
 * Istio {@code security Rule}: one of the sources, one of the operations and all conditions match.
 */
@AutoValue
public abstract class AuthorizationRule {

  /** The value of its parts. */
  public static AuthorizationRule of(
      List<List<AttributeMatch>> from, List<List<AttributeMatch>> to, List<AttributeMatch> when) {
    return new AutoValue_AuthorizationRule(from, to, when);
  }

  /** Sources, of each all parts must match; empty for any. */
  public abstract List<List<AttributeMatch>> from();

  /** Operations, of each all parts must match; empty for any. */
  public abstract List<List<AttributeMatch>> to();

  /** Further conditions, all of which must match. */
  public abstract List<AttributeMatch> when();
}
