package dev.heddle.init.ruleset;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * A range of addresses (RFC 4632, RFC 4291). Bits behind the prefix are cleared, so that two ways
 * to write a range are one value.
 */
public record Cidr(InetAddress network, int prefix) {

  public Cidr {
    int bits = family(network).bits();
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(
          "prefix "
              + prefix
              + " of "
              + network.getHostAddress()
              + " (expected: 0 to "
              + bits
              + ")");
    }
    network = masked(network, prefix);
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
   *
   * @throws IllegalArgumentException for anything else, names of hosts included
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      if (text.indexOf('%') < 0) {
        int prefix =
            slash < 0 ? family(address).bits() : Integer.parseInt(text.substring(slash + 1));
        return new Cidr(address, prefix);
      }
    } catch (IllegalArgumentException e) {
      // told below, with what was expected
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" (expected: a range like 10.0.0.0/8 or fd00::/8, or one address)");
  }

  /** The family of the addresses. */
  public Family family() {
    return family(network);
  }

  /** Whether an address is one of these. */
  public boolean contains(InetAddress address) {
    return family(address) == family() && masked(address, prefix).equals(network);
  }

  /** Whether these are all addresses of the family. */
  public boolean isEverything() {
    return prefix == 0;
  }

  /** As iptables prints it: the network in its canonical form (RFC 5952), always with a prefix. */
  @Override
  public String toString() {
    return canonical(network) + "/" + prefix;
  }

  static Family family(InetAddress address) {
    return address instanceof Inet4Address ? Family.IPV4 : Family.IPV6;
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(prefix - 8 * i, 0, 8);
      bytes[i] &= (byte) (0xff00 >> kept);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }

  private static String canonical(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    String[] groups = new String[8];
    for (int i = 0; i < groups.length; i++) {
      String digits = HexFormat.of().formatHex(bytes, 2 * i, 2 * i + 2);
      groups[i] = Integer.toHexString(HexFormat.fromHexDigits(digits));
    }
    return compressed(String.join(":", groups));
  }

  /** The first of the longest runs of two or more zero groups becomes {@code ::}. */
  private static String compressed(String groups) {
    for (int zeros = 8; zeros > 1; zeros--) {
      String run = "0:".repeat(zeros);
      int at = (":" + groups + ":").indexOf(":" + run);
      if (at >= 0) {
        String before = groups.substring(0, Math.max(0, at - 1));
        String after = groups.substring(Math.min(groups.length(), at + run.length()));
        return before + "::" + after;
      }
    }
    return groups;
  }
}
