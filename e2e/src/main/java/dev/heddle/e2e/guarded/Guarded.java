package dev.heddle.e2e.guarded;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /admin} and {@code /admin/...}, guarded by where they are mapped, and all other
 * paths, among which it finds {@code /raw/...} by itself, as frameworks do. Of {@code
 * /headers/NAME} it says what the header is.
 */
public final class Guarded {

  /** What the handlers say that policies guard. */
  public static final String GUARDED = "guarded";

  /** What the others say. */
  public static final String OPEN = "open";

  /** Tomcat is told to serve {@code /admin} where this is asked for. */
  public static final String MOVED = "/moved";

  /** Behind it the name of a header, whose value is said. */
  static final String HEADERS = "/headers/";

  private Guarded() {}

  /** Argument: the server; prints its port, and ends with its stdin. */
  public static void main(String[] arguments) throws Exception {
    int port =
        switch (arguments[0]) {
          case "Tomcat" -> GuardedTomcat.start();
          case "Jetty" -> GuardedJetty.start();
          case "Undertow" -> GuardedUndertow.start();
          default -> GuardedJdkServer.start();
        };
    System.out.println(port);
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
    System.exit(0);
  }

  /**
   * What the handler of all other paths says of a target: it goes through the segments as they were
   * sent, drops parameters, undoes percent-encoding, and leaves dot segments and empty ones alone.
   */
  static String ofTarget(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String[] segments = path.split("/", -1);
    return segments.length > 1 && plain(segments[1]).equals("raw") ? GUARDED : OPEN;
  }

  /** As {@link #ofTarget(String)}, or what a header is. */
  static String ofTarget(String target, UnaryOperator<@Nullable String> header) {
    return target.startsWith(HEADERS)
        ? String.valueOf(header.apply(target.substring(HEADERS.length())))
        : ofTarget(target);
  }

  private static String plain(String segment) {
    int parameter = segment.indexOf(';');
    String bare = parameter < 0 ? segment : segment.substring(0, parameter);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bare.length(); i++) {
      boolean encoded = bare.charAt(i) == '%' && i + 2 < bare.length();
      text.append(
          encoded ? (char) Integer.parseInt(bare.substring(i + 1, i + 3), 16) : bare.charAt(i));
      i += encoded ? 2 : 0;
    }
    return text.toString();
  }

  static byte[] bytes(String answer) {
    return answer.getBytes(StandardCharsets.US_ASCII);
  }
}
