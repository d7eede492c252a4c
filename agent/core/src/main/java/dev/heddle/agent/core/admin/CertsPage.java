package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.identity.WorkloadIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.RenewalStatus;
import dev.heddle.policy.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /certs}: who this process is, whom it believes, how renewal goes. Never a key. */
final class CertsPage implements Supplier<String> {

  private final @Nullable WorkloadIdentity identity;

  /** null: the control service is spoken to without TLS, and there is no identity. */
  CertsPage(@Nullable WorkloadIdentity identity) {
    this.identity = identity;
  }

  @Override
  public String get() {
    if (identity == null) {
      return "no identity: the connection to the control service is not TLS (CONTROL_TLS)\n";
    }
    return text(
        identity.lastIssued(),
        identity.source().certificate() != null,
        identity.status(),
        identity.source().trust());
  }

  static String text(
      @Nullable WorkloadCertificate last,
      boolean valid,
      RenewalStatus status,
      @Nullable TrustBundle trust) {
    StringBuilder text = new StringBuilder();
    certificate(text, last, valid);
    renewal(text, status);
    trust(text, trust);
    return text.toString();
  }

  private static void certificate(
      StringBuilder text, @Nullable WorkloadCertificate certificate, boolean valid) {
    if (certificate == null) {
      text.append("certificate: none was issued yet\n");
      return;
    }
    SpiffeId identity = certificate.identity();
    line(text, "identity", identity == null ? "none" : identity.uri());
    line(text, "certificate", valid ? "valid" : "EXPIRED, not used");
    line(text, "serial", certificate.leaf().getSerialNumber().toString(16));
    line(text, "not before", time(certificate.notBeforeMillis()));
    line(text, "not after", time(certificate.notAfterMillis()));
  }

  private static void renewal(StringBuilder text, RenewalStatus status) {
    line(text, "renewals", status.issued() + " issued, " + status.failed() + " failed");
    if (status.failure() != null) {
      line(text, "failing since the last", status.failure());
    }
    if (status.failedAtMillis() != 0) {
      line(text, "last failure", time(status.failedAtMillis()));
    }
    if (status.nextAtMillis() != 0) {
      line(text, "next request", time(status.nextAtMillis()));
    }
  }

  private static void trust(StringBuilder text, @Nullable TrustBundle trust) {
    if (trust == null) {
      text.append("roots: none are known yet, no peer is believed\n");
      return;
    }
    line(text, "trust domain", trust.trustDomain());
    for (X509Certificate root : trust.roots()) {
      line(
          text,
          "root",
          root.getSubjectX500Principal()
              + ", serial "
              + root.getSerialNumber().toString(16)
              + ", not after "
              + root.getNotAfter().toInstant());
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
