package dev.heddle.control.ca;

import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A PKCS #10 request (RFC 2986). Of it the key alone is taken, when the request proves that the
 * caller holds it; names and extensions that it wishes for are not read.
 */
final class SigningRequest {

  /** Characters of PEM: an RSA key of the largest size and many wishes take less. */
  static final int MAX_CHARS = 16 * 1024;

  private static final Set<String> TYPES = Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512,
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);

  private SigningRequest() {}

  /** The key that the sender of the request holds. */
  static PublicKey provenKey(String pem) throws RefusedRequestException {
    if (pem.length() > MAX_CHARS) {
      throw new RefusedRequestException(
          "request of %d characters (expected: at most %d)".formatted(pem.length(), MAX_CHARS));
    }
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der(pem));
      PublicKey key = new JcaPEMKeyConverter().getPublicKey(request.getSubjectPublicKeyInfo());
      PublicKeys.check(key);
      checkPossession(request, key);
      return key;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Whatever a parser throws at hostile bytes, the caller gets the same answer.
      throw new RefusedRequestException(
          "request that cannot be read: " + e.getMessage() + " (expected: PKCS #10 as PEM)");
    }
  }

  private static byte[] der(String pem) throws IOException, RefusedRequestException {
    List<PemObject> objects = Pem.objects(pem);
    if (objects.size() != 1 || !TYPES.contains(objects.getFirst().getType())) {
      throw new RefusedRequestException(
          "request of "
              + objects.stream().map(PemObject::getType).toList()
              + " (expected: one PEM object, CERTIFICATE REQUEST)");
    }
    return objects.getFirst().getContent();
  }

  private static void checkPossession(PKCS10CertificationRequest request, PublicKey key)
      throws RefusedRequestException {
    ASN1ObjectIdentifier algorithm = request.getSignatureAlgorithm().getAlgorithm();
    if (!SIGNATURES.contains(algorithm)) {
      throw new RefusedRequestException(
          "request signed by algorithm "
              + algorithm
              + " (expected: ECDSA or RSA PKCS #1 with SHA-256, SHA-384 or SHA-512)");
    }
    try {
      if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        return;
      }
    } catch (OperatorException | PKCSException e) {
      // A signature that cannot be checked proves as little as a wrong one.
    }
    throw new RefusedRequestException(
        "request whose signature is not its key's (expected: the request signed by the private key"
            + " of the public key in it)");
  }
}
