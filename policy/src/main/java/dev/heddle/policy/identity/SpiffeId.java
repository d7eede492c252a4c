package dev.heddle.policy.identity;

import com.google.auto.value.AutoValue;
import com.google.auto.value.extension.memoized.Memoized;
import org.jspecify.annotations.Nullable;

/**
 * Who a workload is, as its certificate says: {@code spiffe://<trust domain>/ns/<namespace>/sa/
 * <service account>}, the form of Istio's identities.
 */
@AutoValue
public abstract class SpiffeId {

  private static final String SCHEME = "spiffe://";

  /** Characters of a SPIFFE ID at most: SPIFFE-ID 2.4 allows 2048 bytes. */
  private static final int MAX_CHARS = 2048;

  private static final int PARTS = 5;
  private static final int NAMESPACE = 2;
  private static final int SERVICE_ACCOUNT = 4;

  /** IllegalArgumentException if the parts make no such identity. */
  public static SpiffeId of(String trustDomain, String namespace, String serviceAccount) {
    SpiffeId id = parse(SCHEME + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount);
    if (id == null) {
      throw new IllegalArgumentException(
          "identity of trust domain \""
              + trustDomain
              + "\", namespace \""
              + namespace
              + "\", service account \""
              + serviceAccount
              + "\" (expected: a domain of a-z, 0-9, ., - and _, and names of letters, digits, .,"
              + " - and _)");
    }
    return id;
  }

  /** The parts of a URI, or null where it is no identity of a workload. */
  public static @Nullable SpiffeId parse(String uri) {
    if (uri.length() > MAX_CHARS || !uri.startsWith(SCHEME)) {
      return null;
    }
    String[] parts = uri.substring(SCHEME.length()).split("/", -1);
    boolean form =
        parts.length == PARTS
            && isTrustDomain(parts[0])
            && parts[1].equals("ns")
            && isSegment(parts[NAMESPACE])
            && parts[3].equals("sa")
            && isSegment(parts[SERVICE_ACCOUNT]);
    return form ? new AutoValue_SpiffeId(parts[0], parts[NAMESPACE], parts[SERVICE_ACCOUNT]) : null;
  }

  /** The mesh that vouches for it: {@code cluster.local}. */
  public abstract String trustDomain();

  /** The namespace it runs in. */
  public abstract String namespace();

  /** The service account it runs as. */
  public abstract String serviceAccount();

  /** The URI as in a certificate's subject alternative name. */
  @Memoized
  public String uri() {
    return SCHEME + principal();
  }

  /** What AuthorizationPolicy compares: the URI without its scheme. */
  @Memoized
  public String principal() {
    return trustDomain() + "/ns/" + namespace() + "/sa/" + serviceAccount();
  }

  /** SPIFFE-ID 2.1. */
  private static boolean isTrustDomain(String text) {
    return made(text, false);
  }

  /** SPIFFE-ID 2.2: no empty segment, no dot segments, nothing percent-encoded. */
  private static boolean isSegment(String text) {
    return made(text, true) && !text.equals(".") && !text.equals("..");
  }

  private static boolean made(String text, boolean upperCase) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean known =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || (upperCase && c >= 'A' && c <= 'Z')
              || c == '.'
              || c == '-'
              || c == '_';
      if (!known) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
