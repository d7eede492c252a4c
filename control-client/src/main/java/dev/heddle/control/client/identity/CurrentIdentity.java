package dev.heddle.control.client.identity;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What holds now: renewals and discovery write, everybody reads. */
public final class CurrentIdentity implements IdentitySource {

  private final LongSupplier clock;
  private volatile @Nullable WorkloadCertificate certificate;
  private volatile @Nullable TrustBundle discovered;
  private volatile @Nullable TrustBundle issuer;

  /**
   * @param clock milliseconds since 1970, as certificates count
   */
  public CurrentIdentity(LongSupplier clock) {
    this.clock = clock;
  }

  /** A new certificate, and its root, which is believed until discovery says whom to believe. */
  public void issued(WorkloadCertificate next, @Nullable TrustBundle root) {
    issuer = root;
    certificate = next;
  }

  /** The workload is no longer here: its key is not either. */
  public void forget() {
    certificate = null;
  }

  /** Whom the control service says to believe; a root that it no longer names is out at once. */
  public void discovered(TrustBundle bundle) {
    discovered = bundle;
  }

  /** An expired one is not given out: a peer would refuse it, and this side could not know why. */
  @Override
  public @Nullable WorkloadCertificate certificate() {
    WorkloadCertificate held = certificate;
    return held != null && clock.getAsLong() < held.notAfterMillis() ? held : null;
  }

  /** The certificate that was issued last, expired or not; null: none was. */
  public @Nullable WorkloadCertificate lastIssued() {
    return certificate;
  }

  @Override
  public @Nullable TrustBundle trust() {
    TrustBundle bundle = discovered;
    return bundle != null ? bundle : issuer;
  }
}
