package dev.heddle.control.client.identity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes the roots of the mesh and nobody else: neither the JVM's cacerts nor host names count. A
 * leaf must be a workload of the mesh's trust domain; which one, {@link PeerIdentity} asks.
 */
public final class MeshTrust extends X509ExtendedTrustManager {

  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final TrustBundle trust;
  private final Set<TrustAnchor> anchors = new HashSet<>();

  /** Believes these roots, as long as it is used. */
  public MeshTrust(TrustBundle trust) {
    this.trust = trust;
    for (X509Certificate root : trust.roots()) {
      anchors.add(new TrustAnchor(root, null));
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, CLIENT_AUTH);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, SERVER_AUTH);
  }

  private void check(X509Certificate[] chain, String usage) throws CertificateException {
    X509Certificate leaf = chain[0];
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false); // certificates of hours, as Istio's, are not revoked
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(withoutRoot(chain)),
              parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "the chain does not lead to a root of trust domain "
              + trust.trustDomain()
              + ": "
              + e.getMessage(),
          e);
    }
    requireUsage(leaf.getExtendedKeyUsage(), usage);
    if (leaf.getBasicConstraints() >= 0) {
      throw new CertificateException("the peer presents a CA (expected: a workload)");
    }
    PeerIdentity.of(leaf, trust.trustDomain());
  }

  /** What a server sends beside its chain must not decide whom we trust. */
  private static List<X509Certificate> withoutRoot(X509Certificate[] chain) {
    int length = chain.length;
    while (length > 1
        && chain[length - 1]
            .getSubjectX500Principal()
            .equals(chain[length - 1].getIssuerX500Principal())) {
      length--;
    }
    return Arrays.asList(chain).subList(0, length);
  }

  private static void requireUsage(@Nullable List<String> usages, String needed)
      throws CertificateException {
    if (usages != null && !usages.contains(needed) && !usages.contains(ANY_USAGE)) {
      throw new CertificateException(
          "extended key usage " + usages + " (expected: " + needed + ")");
    }
  }

  /** None: peers of a mesh have one certificate and need no hint which. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("engines only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("engines only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("engines only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("engines only");
  }
}
