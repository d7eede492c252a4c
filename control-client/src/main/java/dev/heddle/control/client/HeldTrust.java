package dev.heddle.control.client;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.control.client.identity.PemCertificates;
import dev.heddle.control.client.identity.TrustBundle;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roots of the mesh; what was told last holds. */
final class HeldTrust {

  private boolean follows;
  private @Nullable TrustBundle bundle;

  /** Asks for them. */
  void follow() {
    follows = true;
  }

  Set<String> followed() {
    return follows ? Collections.singleton(ResourceType.MESH) : Collections.<String>emptySet();
  }

  /** Takes what was told; CertificateException or IllegalArgumentException if it is of no use. */
  void take(dev.heddle.api.v1.TrustBundle message) throws CertificateException {
    List<X509Certificate> roots = new ArrayList<>();
    for (String pem : message.getRootsList()) {
      roots.addAll(PemCertificates.parse(pem));
    }
    bundle = TrustBundle.of(message.getTrustDomain(), roots);
  }

  /** Takes over what a file held. */
  void adopt(HeldTrust file) {
    bundle = file.bundle;
  }

  /** The last that were told; null: none were. */
  @Nullable TrustBundle bundle() {
    return bundle;
  }
}
