package dev.heddle.rules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Which texts are IP addresses or blocks of them; names are never resolved. */
final class IpBlock {

  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;
  private static final int MAX_CHARS = 64;
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern V6_CHARS = Pattern.compile("[0-9a-fA-F:.]+");

  private IpBlock() {}

  static boolean isBlock(String text) {
    if (text.length() > MAX_CHARS) {
      return false;
    }
    int slash = text.indexOf('/');
    int bits = bits(slash < 0 ? text : text.substring(0, slash));
    if (bits == 0 || slash < 0) {
      return bits > 0;
    }
    String length = text.substring(slash + 1);
    return LENGTH.matcher(length).matches() && Integer.parseInt(length) <= bits;
  }

  /** 32, 128, or 0 where the text is no address. */
  private static int bits(String text) {
    if (V4.matcher(text).matches()) {
      return V4_BITS;
    }
    return text.contains(":") && V6_CHARS.matcher(text).matches() && isLiteral(text) ? V6_BITS : 0;
  }

  /** Text with a colon in brackets is parsed, never looked up. */
  private static boolean isLiteral(String text) {
    try {
      return InetAddress.getByName("[" + text + "]") != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
