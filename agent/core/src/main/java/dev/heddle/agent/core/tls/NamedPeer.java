package dev.heddle.agent.core.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts what another manager trusts. Where the rule lists names the server must present one of
 * them, and the name of the host called does not matter (Envoy: match_typed_subject_alt_names).
 */
final class NamedPeer extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager chain;
  private final List<String> names;

  /**
   * @param names SubjectAltNames (DNS, URI or IP) one of which must be there; empty: any
   */
  NamedPeer(X509ExtendedTrustManager chain, List<String> names) {
    this.chain = chain;
    this.names = names;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
      throws CertificateException {
    if (names.isEmpty()) {
      chain.checkServerTrusted(certificates, type, socket);
    } else {
      checkServerTrusted(certificates, type);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
      throws CertificateException {
    if (names.isEmpty()) {
      chain.checkServerTrusted(certificates, type, engine);
    } else {
      checkServerTrusted(certificates, type);
    }
  }

  /** Without a socket or engine the host's name is not looked at. */
  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type)
      throws CertificateException {
    chain.checkServerTrusted(certificates, type);
    Collection<List<?>> present = certificates[0].getSubjectAlternativeNames();
    if (!names.isEmpty() && (present == null || !anyNamed(present))) {
      throw new CertificateException(
          "the server's names are " + present + " (expected one of the rule's: " + names + ")");
    }
  }

  private boolean anyNamed(Collection<List<?>> present) {
    for (List<?> name : present) {
      if (names.contains(String.valueOf(name.get(1)))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("a client trusts servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("a client trusts servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type)
      throws CertificateException {
    throw new CertificateException("a client trusts servers only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chain.getAcceptedIssuers();
  }
}
