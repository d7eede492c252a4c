package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** Under which names this process shows itself. */
final class ServerNames {

  /** RFC 1123 names, a wildcard in the first place allowed. */
  private static final Pattern DNS =
      Pattern.compile(
          "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*");

  private static final int MAX_DNS_CHARS = 253;

  private ServerNames() {}

  /** Of this process in the mesh; IllegalArgumentException if the trust domain is none. */
  static SpiffeId identity(String trustDomain) {
    return SpiffeId.of(trustDomain, "heddle-system", "heddle-control");
  }

  /** As alternative names of a certificate; IllegalArgumentException names one that is none. */
  static List<GeneralName> of(List<String> names) {
    return names.stream().map(ServerNames::of).toList();
  }

  private static GeneralName of(String name) {
    if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
      byte[] address = InetAddress.ofLiteral(name).getAddress();
      return new GeneralName(GeneralName.iPAddress, new DEROctetString(address));
    }
    if (name.length() > MAX_DNS_CHARS || !DNS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" (expected: a DNS name like control.example.com, or an address)");
    }
    return new GeneralName(GeneralName.dNSName, name);
  }
}
