package dev.heddle.agent.core.identity;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import org.jspecify.annotations.Nullable;

/**
 * An identity that is asked for before it is there: the socket layer stands before the app's main,
 * and what asks the control service starts beside it.
 */
public final class LateIdentity implements IdentitySource {

  private volatile @Nullable IdentitySource source;

  /** This is it. */
  public void use(IdentitySource identity) {
    source = identity;
  }

  @Override
  public @Nullable WorkloadCertificate certificate() {
    IdentitySource known = source;
    return known == null ? null : known.certificate();
  }

  @Override
  public @Nullable TrustBundle trust() {
    IdentitySource known = source;
    return known == null ? null : known.trust();
  }
}
