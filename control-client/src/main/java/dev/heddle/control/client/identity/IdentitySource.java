package dev.heddle.control.client.identity;

import org.jspecify.annotations.Nullable;

/**
 * What holds now; for any thread, without waiting. Values are replaced as a whole: whoever made
 * something of one (an SSLContext) compares by reference and makes it anew when it differs.
 */
public interface IdentitySource {

  /** The certificate to present; null: none was issued yet, or the last one has expired. */
  @Nullable WorkloadCertificate certificate();

  /** Whom to believe; null: not known yet, and then nobody is to be believed. */
  @Nullable TrustBundle trust();
}
