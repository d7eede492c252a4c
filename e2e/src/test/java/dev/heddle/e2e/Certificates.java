package dev.heddle.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

/**
 * Self-signed certificates: of a server and a client, as files that a rule can name, and of a
 * server that apps trust by themselves.
 */
final class Certificates {

  /** A name of the server beside those that end in {@code .tls.example.com}. */
  static final String FIXED_NAME = "fixed.example.com";

  private static final String PASSWORD = "changeit";

  private final Path directory;

  Certificates(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
    this.directory = Files.createDirectories(directory);
    make("server", "dns:*.tls.example.com,dns:" + FIXED_NAME);
    make("client", "dns:client.example.com");
    make("known", "dns:*.https.example.com,dns:outside.example.com");
    try (OutputStream out = Files.newOutputStream(trustStore())) {
      trusting("known").store(out, PASSWORD.toCharArray());
    }
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
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException(
          "keytool failed: " + Files.readString(directory.resolve(name + ".log")));
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

  /** Options of a JVM that trusts the server {@code known}. */
  List<String> trustOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private Path trustStore() {
    return directory.resolve("trust.p12");
  }

  private KeyStore trusting(String name) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, store(name).getCertificate(name));
    return trusted;
  }

  /** What {@code server} or {@code known} speaks; it trusts the client. */
  SSLContext context(String name) throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(name), PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusting("client"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
