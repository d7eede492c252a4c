package dev.heddle.control.client.renewal;

import dev.heddle.control.client.identity.WorkloadCertificate;

/** Hears what becomes of renewals, on their thread; must not block. */
public interface RenewalListener {

  /** A certificate was issued; new connections use it from now on. */
  void issued(WorkloadCertificate certificate);

  /** None was issued; it is asked for again. What is held stays in use until it ends. */
  void failed(String reason);

  /**
   * The certificate that is held has ended and none was issued in its place. Told once for each.
   */
  void expired(WorkloadCertificate certificate);
}
