package dev.heddle.policy.authz;

/** A block of addresses: {@code 10.0.0.0/8}, or one address. */
public final class IpBlock {

  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  private final IpAddress first;
  private final long highMask;
  private final long lowMask;

  private IpBlock(IpAddress first, int bits) {
    this.first = first;
    highMask = first.isV4() ? mask(bits) >>> V4_BITS : mask(bits);
    lowMask = first.isV4() ? 0 : mask(bits - Long.SIZE);
  }

  /** IllegalArgumentException where the text is no block. */
  public static IpBlock parse(String text) {
    int slash = text.indexOf('/');
    IpAddress first = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (first != null) {
      boolean writtenAsV4 = text.indexOf(':') < 0;
      int most = writtenAsV4 ? V4_BITS : V6_BITS;
      int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
      // An IPv4 address in IPv6 is one: of its block the bits in front of it do not count.
      int own = first.isV4() && !writtenAsV4 ? bits - (V6_BITS - V4_BITS) : bits;
      if (bits >= 0 && own >= 0) {
        return new IpBlock(first, own);
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" (expected: an IP address, or a block like 10.0.0.0/8)");
  }

  private static int bits(String text, int most) {
    try {
      int bits = Integer.parseInt(text);
      return bits <= most ? bits : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
  }

  /** Whether the address is one of it; IPv4 is in no block of IPv6. */
  public boolean contains(IpAddress address) {
    return address.isV4() == first.isV4()
        && (address.high() & highMask) == (first.high() & highMask)
        && (address.low() & lowMask) == (first.low() & lowMask);
  }
}
