package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** An IP address as two numbers, so that blocks are compared without allocation. */
public final class IpAddress {

  private static final int V4_BYTES = 4;
  private static final int LONG_BYTES = 8;

  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final long GROUP_MASK = 0xFFFF;

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

  /**
   * The address of these 4 or 16 bytes in network order; IPv4 in IPv6 is IPv4.
   * IllegalArgumentException where there are others.
   */
  public static IpAddress of(byte[] address) {
    if (address.length == V4_BYTES) {
      return new IpAddress(true, number(address, 0, V4_BYTES), 0);
    }
    if (address.length != 2 * LONG_BYTES) {
      throw new IllegalArgumentException(
          "address of " + address.length + " bytes (expected: 4 or 16)");
    }
    return ofV6(number(address, 0, LONG_BYTES), number(address, LONG_BYTES, 2 * LONG_BYTES));
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

  /** RFC 4291 section 2.2, without zones. */
  private static @Nullable IpAddress parseV6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon < 0 ? text.length() : colon;
      boolean v4 = colon < 0 && text.indexOf('.', at) >= 0;
      int value = v4 ? -1 : group(text, at, end);
      IpAddress tail = v4 ? parseV4(text.substring(at)) : null;
      if (count + (v4 ? 2 : 1) > GROUPS || (value < 0 && tail == null)) {
        return null;
      }
      if (tail != null) {
        groups[count++] = (int) (tail.high >>> GROUP_BITS);
        value = (int) (tail.high & GROUP_MASK);
      }
      groups[count++] = value;
      at = end + 1;
      if (at == text.length()) {
        return null; // ends in a single colon
      }
      if (at < text.length() && text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    boolean complete = gap < 0 ? count == GROUPS : count < GROUPS;
    return complete ? ofGroups(groups, count, gap) : null;
  }

  private static IpAddress ofGroups(int[] groups, int count, int gap) {
    int behind = gap < 0 ? 0 : count - gap;
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int from = i < count - behind ? i : i >= GROUPS - behind ? i - GROUPS + count : -1;
      long value = from < 0 ? 0 : groups[from];
      if (i < GROUPS / 2) {
        high = (high << GROUP_BITS) | value;
      } else {
        low = (low << GROUP_BITS) | value;
      }
    }
    return ofV6(high, low);
  }

  /** -1 where the text is no one to four hexadecimal digits. */
  private static int group(String text, int from, int to) {
    if (to <= from || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 0x7F ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /** Whether it is of a host to itself: 127.0.0.0/8 or ::1 (RFC 6890). */
  public boolean isLoopback() {
    return v4 ? high >>> 24 == 127 : high == 0 && low == 1;
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
    StringBuilder text = new StringBuilder();
    if (v4) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        text.append((high >>> shift) & 0xFF).append(shift == 0 ? "" : ".");
      }
      return text.toString();
    }
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? high : low;
      long group = (half >>> (GROUP_BITS * (GROUPS / 2 - 1 - i % (GROUPS / 2)))) & GROUP_MASK;
      text.append(i == 0 ? "" : ":").append(Long.toHexString(group));
    }
    return text.toString();
  }
}
