package dev.heddle.control.ca;

import java.util.Locale;

/** Why a caller is not believed or its request not signed, for counting. */
public enum Refusal {
  NO_CREDENTIALS,
  TOKEN_MALFORMED,
  TOKEN_SIGNATURE,
  TOKEN_EXPIRED,
  TOKEN_AUDIENCE,
  TOKEN_REJECTED,
  TOKEN_POD,
  TOKEN_UNREVIEWED,
  CERTIFICATE_UNTRUSTED,
  CERTIFICATE_EXPIRED,
  CERTIFICATE_IDENTITY,
  TRUST_DOMAIN,
  IMPERSONATION,
  TOO_MANY_FAILURES,
  BAD_REQUEST;

  /** Whether the caller is at fault: one that nobody could judge is to come again. */
  public boolean isFinal() {
    return this != TOKEN_UNREVIEWED;
  }

  /** The value of the metric's label: {@code token_expired}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
