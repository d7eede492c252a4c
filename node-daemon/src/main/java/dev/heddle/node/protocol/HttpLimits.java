package dev.heddle.node.protocol;

/** What a stranger may make the daemon hold of one message. */
public final class HttpLimits {

  /** Bytes of a request or status line: the longest that servers in use take is 64 KB, most 8. */
  public static final int MAX_LINE_BYTES = 32 * 1024;

  /** Bytes of all header lines of a message: Envoy's 60 KB. */
  public static final int MAX_HEADER_BYTES = 60 * 1024;

  /** Header lines of a message: Envoy's and Tomcat's 100. */
  public static final int MAX_HEADERS = 100;

  /** Bytes of a body that are handed on at once; a larger chunk goes on in pieces. */
  public static final int MAX_PIECE_BYTES = 64 * 1024;

  private HttpLimits() {}
}
