package dev.heddle.control.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** PEM texts (RFC 7468) and what they hold. */
final class Pem {

  private Pem() {}

  /** The certificates in order; IOException if one cannot be read or there is none. */
  static List<X509Certificate> certificates(String text) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    for (PemObject object : objects(text)) {
      if (object.getType().equals("CERTIFICATE")) {
        found.add(certificate(object.getContent()));
      }
    }
    if (found.isEmpty()) {
      throw new IOException("no certificate (expected: at least one BEGIN CERTIFICATE)");
    }
    return List.copyOf(found);
  }

  /** The private keys in order: PKCS #8, SEC 1 or PKCS #1, none of them encrypted. */
  static List<PrivateKey> privateKeys(String text) throws IOException {
    List<PrivateKey> found = new ArrayList<>();
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof PEMKeyPair pair) {
          found.add(converter.getPrivateKey(pair.getPrivateKeyInfo()));
        } else if (object instanceof PrivateKeyInfo key) {
          found.add(converter.getPrivateKey(key));
        }
      }
    } catch (RuntimeException e) {
      throw new IOException("no private key can be read: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IOException("no private key (expected: BEGIN PRIVATE KEY, not encrypted)");
    }
    return List.copyOf(found);
  }

  /** Every object of the text. */
  static List<PemObject> objects(String text) throws IOException {
    List<PemObject> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (PemObject o = parser.readPemObject(); o != null; o = parser.readPemObject()) {
        objects.add(o);
      }
      return objects;
    } catch (RuntimeException e) { // Base64 that is none
      throw new IOException("no PEM: " + e.getMessage(), e);
    }
  }

  static X509Certificate certificate(byte[] der) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException("no X.509 certificate: " + e.getMessage(), e);
    }
  }

  static String of(X509Certificate certificate) {
    try {
      return of("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }

  static String of(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    certificates.forEach(certificate -> text.append(of(certificate)));
    return text.toString();
  }

  /** PKCS #8. */
  static String of(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  static String of(String type, byte[] der) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return text.toString();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
