package dev.heddle.agent.core.tls;

import dev.heddle.policy.identity.ClientTls;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One DestinationRule's TLS made ready: a context, and when its files were read. */
public final class Origination {

  private static final char[] NO_PASSWORD = new char[0];

  private final int number;
  private final ClientTls tls;
  private final SSLContext context;
  private final long filesChanged;

  private Origination(int number, ClientTls tls, SSLContext context, long filesChanged) {
    this.number = number;
    this.tls = tls;
    this.context = context;
    this.filesChanged = filesChanged;
  }

  /** IOException says which file is wrong and how. */
  static Origination of(int number, ClientTls tls) throws IOException {
    long changed = filesChanged(tls);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), new TrustManager[] {trust(tls)}, null);
      return new Origination(number, tls, context, changed);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS of the rule cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Tells it from all others of this process. */
  public int number() {
    return number;
  }

  /** What sockets and engines are made of; sessions are resumed within it. */
  public SSLContext context() {
    return context;
  }

  /** The server name to send and to verify: the rule's, or the host that is called. */
  public String serverName(String host) {
    return tls.sni().isEmpty() ? host : tls.sni();
  }

  boolean isCurrent() {
    return filesChanged == filesChanged(tls);
  }

  private static long filesChanged(ClientTls tls) {
    long changed = 0;
    for (String file :
        new String[] {tls.caCertificates(), tls.clientCertificate(), tls.privateKey()}) {
      changed = 31 * changed + (file.isEmpty() ? 0 : new File(file).lastModified());
    }
    return changed;
  }

  private static KeyManager @Nullable [] keys(ClientTls tls)
      throws GeneralSecurityException, IOException {
    if (tls.mode() != ClientTls.Mode.MUTUAL) {
      return null;
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        PemFiles.privateKey(tls.privateKey()),
        NO_PASSWORD,
        PemFiles.certificates(tls.clientCertificate()));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static X509ExtendedTrustManager trust(ClientTls tls)
      throws GeneralSecurityException, IOException {
    return tls.insecureSkipVerify()
        ? new AnyPeer()
        : new NamedPeer(chain(tls.caCertificates()), tls.subjectAltNames());
  }

  private static X509ExtendedTrustManager chain(String roots)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots.isEmpty() ? null : store(roots));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager) {
        return (X509ExtendedTrustManager) manager;
      }
    }
    throw new IOException("this JVM has no X.509 trust manager");
  }

  private static KeyStore store(String roots) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate root : PemFiles.certificates(roots)) {
      store.setCertificateEntry("root-" + number++, root);
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
