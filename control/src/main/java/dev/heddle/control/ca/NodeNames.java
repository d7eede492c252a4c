package dev.heddle.control.ca;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * How a node daemon's certificate says whose node it serves: by a name of DNS, as X.509-SVID allows
 * no second URI. Only the authority puts it there, requests are not asked for names.
 */
final class NodeNames {

  private static final int DNS = 2;

  /** A domain that no name server answers for (draft-davies-internal-tld). */
  private static final String SUFFIX = ".nodes.heddle.internal";

  private NodeNames() {}

  /** What is written into the certificate of a caller. */
  static List<GeneralName> of(Caller caller) {
    return caller.isNode()
        ? List.of(new GeneralName(GeneralName.dNSName, caller.node() + SUFFIX))
        : List.of();
  }

  /** The node that a certificate names; empty: none. */
  static String in(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? ""
        : names.stream()
            .filter(name -> Integer.valueOf(DNS).equals(name.get(0)))
            .map(name -> String.valueOf(name.get(1)))
            .filter(name -> name.endsWith(SUFFIX))
            .map(name -> name.substring(0, name.length() - SUFFIX.length()))
            .findFirst()
            .orElse("");
  }
}
