package dev.heddle.node.workload;

import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.RenewalListener;
import java.time.Instant;

/** One line when it begins, one when it fails for another reason, one when it works again. */
final class CertificateLog implements RenewalListener {

  private final String who;
  private final MeshLog log;
  private final Runnable issued;
  private boolean toldIssued;
  private String toldReason = "";

  /** issued runs at each certificate. */
  CertificateLog(String who, MeshLog log, Runnable issued) {
    this.who = who;
    this.log = log;
    this.issued = issued;
  }

  @Override
  public void issued(WorkloadCertificate certificate) {
    if (!toldIssued || !toldReason.isEmpty()) {
      log.info("certificate for " + who + " issued, " + until(certificate));
    }
    toldIssued = true;
    toldReason = "";
    issued.run();
  }

  @Override
  public void failed(String reason) {
    if (!reason.equals(toldReason)) {
      toldReason = reason;
      log.warn(
          "no certificate issued for "
              + who
              + ": "
              + reason
              + "; it is asked for again, "
              + (toldIssued ? "the one held stays until its end" : "there is none yet"));
    }
  }

  @Override
  public void expired(WorkloadCertificate certificate) {
    log.warn(
        "the certificate of "
            + who
            + " has expired, it was "
            + until(certificate)
            + ": mesh TLS fails until the control service issues one");
  }

  private static String until(WorkloadCertificate certificate) {
    return "valid until " + Instant.ofEpochMilli(certificate.notAfterMillis());
  }
}
