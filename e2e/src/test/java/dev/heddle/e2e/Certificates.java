package dev.heddle.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed certificates of a server and a client, as files that a rule can name. */
final class Certificates {

  /** A name of the server beside those that end in {@code .tls.example.com}. */
  static final String FIXED_NAME = "fixed.example.com";

  private static final String PASSWORD = "changeit";

  private final Path directory;

  Certificates(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
    this.directory = Files.createDirectories(directory);
    make("server", "dns:*.tls.example.com,dns:" + FIXED_NAME);
    make("client", "dns:client.example.com");
  }

  private void make(String name, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=" + names,
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    directory.resolve(name + ".p12").toString()))
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed with " + keytool.exitValue());
    }
    pem(certificate(name), "CERTIFICATE", store(name).getCertificate(name).getEncoded());
    Key key = store(name).getKey(name, PASSWORD.toCharArray());
    pem(key(name), "PRIVATE KEY", key.getEncoded());
  }

  private static void pem(Path file, String type, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type));
  }

  private KeyStore store(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** PEM file of the certificate of {@code server} or {@code client}. */
  Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  /** PEM file of the key. */
  Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /** What the server speaks; it trusts the client. */
  SSLContext serverContext() throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store("server"), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", store("client").getCertificate("client"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
