package dev.heddle.control.client.identity;

import com.google.auto.value.AutoValue;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The roots that vouch for the identities of a trust domain; two while a root is changed. */
@AutoValue
public abstract class TrustBundle {

  /**
   * The value of its parts.
   *
   * @param roots at least one; IllegalArgumentException if empty
   */
  public static TrustBundle of(String trustDomain, List<X509Certificate> roots) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException(
          "no roots for " + trustDomain + " (expected: one or more)");
    }
    return new AutoValue_TrustBundle(
        trustDomain, Collections.unmodifiableList(new ArrayList<>(roots)));
  }

  /** As in {@code spiffe://<trust-domain>/ns/<ns>/sa/<sa>}. */
  public abstract String trustDomain();

  /** Self-signed certificates. Not to be changed. */
  public abstract List<X509Certificate> roots();
}
