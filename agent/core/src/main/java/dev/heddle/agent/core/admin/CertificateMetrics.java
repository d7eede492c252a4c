package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.identity.WorkloadIdentity;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.RenewalStatus;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The metrics of an identity, in Prometheus' text format 0.0.4. */
final class CertificateMetrics implements Supplier<String> {

  private static final long SECOND_MILLIS = 1_000;

  private final WorkloadIdentity identity;
  private final LongSupplier clock;

  /** clock in milliseconds since 1970. */
  CertificateMetrics(WorkloadIdentity identity, LongSupplier clock) {
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public String get() {
    return text(identity.lastIssued(), identity.status(), clock.getAsLong());
  }

  static String text(@Nullable WorkloadCertificate last, RenewalStatus status, long nowMillis) {
    StringBuilder text = new StringBuilder();
    if (last != null) {
      long left = Math.floorDiv(last.notAfterMillis() - nowMillis, SECOND_MILLIS);
      text.append("# HELP heddle_certificate_expiry_seconds")
          .append(" Seconds until the certificate ends; negative: it has\n")
          .append("# TYPE heddle_certificate_expiry_seconds gauge\n")
          .append("heddle_certificate_expiry_seconds ")
          .append(left)
          .append('\n');
    }
    text.append("# HELP heddle_certificate_requests_total Certificates asked for\n")
        .append("# TYPE heddle_certificate_requests_total counter\n")
        .append("heddle_certificate_requests_total{result=\"issued\"} ")
        .append(status.issued())
        .append("\nheddle_certificate_requests_total{result=\"failed\"} ")
        .append(status.failed())
        .append('\n');
    return text.toString();
  }
}
