package dev.heddle.policy.authz;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** An IP address as two numbers, so that blocks are compared without allocation. */
public final class IpAddress {

  private static final int V4_BYTES = 4;
  private static final int LONG_BYTES = 8;

  /** Characters of an address at most: IPv6 with an embedded IPv4 address has 45. */
  private static final int MAX_CHARS = 45;

  private final boolean v4;
  private final long high;
  private final long low;

  private IpAddress(boolean v4, long high, long low) {
    this.v4 = v4;
    this.high = high;
    this.low = low;
  }

  /** The address of a socket; IPv4 in IPv6 is IPv4. */
  public static IpAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return new IpAddress(true, number(bytes, 0, V4_BYTES), 0);
    }
    return ofV6(number(bytes, 0, LONG_BYTES), number(bytes, LONG_BYTES, 2 * LONG_BYTES));
  }

  private static IpAddress ofV6(long high, long low) {
    boolean mapped = high == 0 && low >>> 32 == 0xFFFF;
    return mapped ? new IpAddress(true, low & 0xFFFF_FFFFL, 0) : new IpAddress(false, high, low);
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = (number << 8) | (bytes[i] & 0xFF);
    }
    return number;
  }

  /** The address that a text writes, null where it is none; names are never resolved. */
  public static @Nullable IpAddress parse(String text) {
    if (text.length() > MAX_CHARS || text.isEmpty()) {
      return null;
    }
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
  }

  private static @Nullable IpAddress parseV4(String text) {
    long number = 0;
    int parts = 0;
    int at = 0;
    while (parts < V4_BYTES) {
      int end = text.indexOf('.', at);
      end = end < 0 ? text.length() : end;
      int part = octet(text, at, end);
      if (part < 0 || (end == text.length()) != (parts == V4_BYTES - 1)) {
        return null;
      }
      number = (number << 8) | part;
      parts++;
      at = end + 1;
    }
    return new IpAddress(true, number, 0);
  }

  /** -1 where the text is no decimal number up to 255 without leading zeros. */
  private static int octet(String text, int from, int to) {
    if (to <= from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value > 255 ? -1 : value;
  }

  private static @Nullable IpAddress parseV6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return null; // zones and anything that the JDK might look up
      }
    }
    try {
      return of(InetAddress.getByName('[' + text + ']'));
    } catch (UnknownHostException e) {
      return null;
    }
  }

  boolean isV4() {
    return v4;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress
        && v4 == ((IpAddress) other).v4
        && high == ((IpAddress) other).high
        && low == ((IpAddress) other).low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * high + low);
  }

  @Override
  public String toString() {
    byte[] bytes = new byte[v4 ? V4_BYTES : 2 * LONG_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      long number = v4 ? high << 32 : i < LONG_BYTES ? high : low;
      bytes[i] = (byte) (number >>> (56 - 8 * (i % LONG_BYTES)));
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are addresses", e);
    }
  }
}
