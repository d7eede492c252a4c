package dev.heddle.control.client.channel;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.PemCertificates;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to the control service believes and shows. Made for each connection anew, so
 * that it shows the certificate that holds then and resumes no session of an older one.
 */
final class ControlTls {

  private static final char[] NO_PASSWORD = new char[0];

  private final Path roots;
  private final IdentitySource identity;

  ControlTls(Path roots, IdentitySource identity) {
    this.roots = roots;
    this.identity = identity;
  }

  /** For one connection; IOException says what is missing. */
  SSLContext context() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(identity.certificate()), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS to the control service cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The file's, and the mesh's as held: a root that is changed may reach the file last. */
  private KeyStore trusted() throws IOException, GeneralSecurityException {
    Set<X509Certificate> all = new LinkedHashSet<>();
    TrustBundle held = identity.trust();
    if (held != null) {
      all.addAll(held.roots());
    }
    try {
      all.addAll(PemCertificates.parse(SmallFile.read(roots, ChannelLimits.MAX_ROOTS_BYTES)));
    } catch (CertificateException e) {
      refuseIfEmpty(all, new IOException("CONTROL_CA: " + roots + ": " + e.getMessage(), e));
    } catch (IOException e) {
      refuseIfEmpty(
          all,
          new IOException(
              "CONTROL_CA: " + e.getMessage() + " (expected: roots of the control service, PEM)",
              e));
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate root : all) {
      store.setCertificateEntry("root-" + number++, root);
    }
    return store;
  }

  private static void refuseIfEmpty(Set<X509Certificate> all, IOException reason)
      throws IOException {
    if (all.isEmpty()) {
      throw reason;
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable WorkloadCertificate certificate)
      throws IOException, GeneralSecurityException {
    if (certificate == null) {
      return null;
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "workload",
        certificate.key(),
        NO_PASSWORD,
        certificate.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
