package dev.heddle.node.upstream;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes a server whose chain is good and that has one of a rule's names (Envoy:
 * match_typed_subject_alt_names).
 */
final class NamedPeer extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager chain;
  private final List<String> names;

  private NamedPeer(X509ExtendedTrustManager chain, List<String> names) {
    this.chain = chain;
    this.names = names;
  }

  static TrustManager of(TrustManager chain, List<String> names) {
    return new NamedPeer((X509ExtendedTrustManager) chain, names);
  }

  /** Trusts the roots of a file, null: those of the JDK. */
  static TrustManager chain(@Nullable File roots) throws SSLException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(roots == null ? null : store(roots));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager) {
          return manager;
        }
      }
      throw new SSLException("this JDK has no X.509 trust manager");
    } catch (GeneralSecurityException | IOException e) {
      throw new SSLException(roots + " holds no roots (expected: PEM): " + e.getMessage(), e);
    }
  }

  private static KeyStore store(File roots) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(roots.toPath())) {
      int number = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("root-" + number++, root);
      }
    }
    return store;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(certificates, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(certificates, type);
  }

  /** Without an engine the host's name is not looked at. */
  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type)
      throws CertificateException {
    chain.checkServerTrusted(certificates, type);
    Collection<List<?>> present = certificates[0].getSubjectAlternativeNames();
    if (present == null || present.stream().noneMatch(name -> names.contains(text(name)))) {
      throw new CertificateException(
          "the server's names are " + present + " (expected one of the rule's: " + names + ")");
    }
  }

  private static String text(List<?> name) {
    return String.valueOf(name.get(1));
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
