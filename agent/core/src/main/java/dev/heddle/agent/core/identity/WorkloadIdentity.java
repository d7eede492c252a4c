package dev.heddle.agent.core.identity;

import dev.heddle.agent.core.AgentLog;
import dev.heddle.control.client.TellingExecutor;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.CertificateRenewal;
import dev.heddle.control.client.renewal.RenewalListener;
import dev.heddle.control.client.renewal.RenewalStatus;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.identity.SpiffeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who this process is in the mesh: kept current, and told in the log and to the admin pages. */
public final class WorkloadIdentity {

  private final CompletableFuture<Void> firstIssued = new CompletableFuture<>();
  private final CurrentIdentity current;
  private final ControlEndpoint control;
  private final CertificateRenewal renewal;

  /**
   * Asks for nothing before it is started.
   *
   * @param roots file of whom to take for the control service
   * @param token file of the proof of who this is
   * @param clock milliseconds since 1970
   */
  public WorkloadIdentity(
      String host,
      int port,
      Path roots,
      Path token,
      LongSupplier clock,
      RandomSource random,
      AgentLog log) {
    this.current = new CurrentIdentity(clock);
    this.control = ControlEndpoint.tls(host, port, roots, token, current);
    this.renewal =
        new CertificateRenewal(
            control,
            current,
            new TellingExecutor(
                "heddle-identity",
                failure -> log.failure("renewals failed, the certificate stays as it is", failure)),
            clock,
            random,
            new Told(log, firstIssued));
  }

  /** Begins to ask. */
  public void start() {
    renewal.start();
  }

  /** Whom the mesh trusts, as discovery says. */
  public void trusts(TrustBundle bundle) {
    current.discovered(bundle);
    renewal.trustIsKnown();
  }

  /** Completes when there is a certificate for the first time; may never do so. */
  public CompletableFuture<Void> firstIssued() {
    return firstIssued;
  }

  /** The control service, as this identity speaks to it. */
  public ControlEndpoint control() {
    return control;
  }

  /** What holds now, for whoever makes TLS. */
  public IdentitySource source() {
    return current;
  }

  /** The certificate that was issued last, expired or not; null: none was. */
  public @Nullable WorkloadCertificate lastIssued() {
    return current.lastIssued();
  }

  /** How renewals went. */
  public RenewalStatus status() {
    return renewal.status();
  }

  /** One line when it begins, one when it fails for another reason, one when it works again. */
  private static final class Told implements RenewalListener {
    private final AgentLog log;
    private @Nullable WorkloadCertificate held;
    private final CompletableFuture<Void> firstIssued;
    private String toldReason = "";

    Told(AgentLog log, CompletableFuture<Void> firstIssued) {
      this.log = log;
      this.firstIssued = firstIssued;
    }

    @Override
    public void issued(WorkloadCertificate certificate) {
      if (held == null || !toldReason.isEmpty()) {
        log.info("certificate for " + name(certificate) + " issued, " + until(certificate));
      }
      held = certificate;
      toldReason = "";
      firstIssued.complete(null);
    }

    @Override
    public void failed(String reason) {
      if (!reason.equals(toldReason)) {
        toldReason = reason;
        WorkloadCertificate still = held;
        log.warn(
            "no certificate issued: "
                + reason
                + "; it is asked for again"
                + (still == null ? "" : ", the one held is " + until(still)));
      }
    }

    @Override
    public void expired(WorkloadCertificate certificate) {
      log.warn(
          "the certificate has expired, it was "
              + until(certificate)
              + ": calls with mesh TLS fail until the control service issues one");
    }

    private static String name(WorkloadCertificate certificate) {
      SpiffeId identity = certificate.identity();
      return identity == null ? "nobody" : identity.uri();
    }

    private static String until(WorkloadCertificate certificate) {
      return "valid until " + Instant.ofEpochMilli(certificate.notAfterMillis());
    }
  }
}
