package dev.heddle.agent.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys as Kubernetes mounts them. */
final class PemFiles {

  /** Bytes; a bundle of all public roots has about 250 KB. */
  private static final long MAX_FILE_BYTES = 2_000_000;

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519"};

  private PemFiles() {}

  /** All certificates of a file, in its order; IOException says what is wrong with it. */
  static Certificate[] certificates(String file) throws IOException {
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (all.isEmpty()) {
        throw new IOException(file + " holds no certificate (expected: PEM)");
      }
      return all.toArray(new Certificate[0]);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificates (expected: PEM): " + e.getMessage(), e);
    }
  }

  /** The key of a file; IOException says what is wrong with it. */
  static PrivateKey privateKey(String file) throws IOException {
    Matcher pem = PKCS8.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(
          file
              + " holds no PKCS#8 key (expected: BEGIN PRIVATE KEY); convert it: openssl pkcs8"
              + " -topk8 -nocrypt");
    }
    byte[] key = Base64.getMimeDecoder().decode(pem.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      } catch (InvalidKeySpecException e) {
        // another algorithm's key
      } catch (GeneralSecurityException e) {
        // a JVM without this algorithm
      }
    }
    throw new IOException(file + " holds no key that this JVM reads (expected: RSA or EC)");
  }

  private static byte[] read(String file) throws IOException {
    Path path = Paths.get(file);
    long size = Files.size(path);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          file + " has " + size + " bytes (expected: at most " + MAX_FILE_BYTES + ")");
    }
    return Files.readAllBytes(path);
  }
}
