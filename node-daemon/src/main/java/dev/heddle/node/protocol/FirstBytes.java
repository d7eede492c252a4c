package dev.heddle.node.protocol;

import dev.heddle.policy.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What a client speaks, by the first bytes that it sends: RFC 9112 3, RFC 9113 3.4, RFC 8446. */
public enum FirstBytes {
  /** Too few to tell. */
  UNDECIDED,
  HTTP_1,
  /** HTTP/2 with prior knowledge. */
  HTTP_2,
  TLS,
  /** None of these. */
  OTHER;

  /** Bytes looked at: a request line as long as the decoder takes it. */
  public static final int MAX_BYTES = HttpLimits.MAX_LINE_BYTES;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] VERSION = " HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  /** WebDAV's VERSION-CONTROL and BASELINE-CONTROL are among the longest in use. */
  private static final int MAX_METHOD_CHARS = 24;

  private static final int LINE_FEED = '\n';

  /** Looks at what is readable and reads none of it. */
  public static FirstBytes look(ByteBuf in) {
    int have = in.readableBytes();
    if (have == 0) {
      return UNDECIDED;
    }
    if (startsLike(in, PREFACE)) {
      return have >= PREFACE.length ? HTTP_2 : UNDECIDED;
    }
    byte first = in.getByte(in.readerIndex());
    if (first >= 'A' && first <= 'Z') {
      return http1(in, have);
    }
    return switch (ClientHello.look(in.nioBuffer()).kind()) {
      case UNDECIDED -> UNDECIDED;
      case MESH, TLS -> TLS;
      case OTHER -> OTHER;
    };
  }

  /** A method, a target, and HTTP/1 at the end of the line: an inline command of Redis has none. */
  private static FirstBytes http1(ByteBuf in, int have) {
    int from = in.readerIndex();
    int method = 0;
    while (method < have && isMethodChar(in.getByte(from + method))) {
      method++;
    }
    if (method > MAX_METHOD_CHARS || (method < have && in.getByte(from + method) != ' ')) {
      return OTHER;
    }
    int lineFeed = in.indexOf(from, from + have, (byte) LINE_FEED);
    if (lineFeed < 0) {
      return have >= MAX_BYTES ? HTTP_1 : UNDECIDED; // such a line is HTTP's, and refused there
    }
    int version = lineFeed - VERSION.length - 1;
    if (in.getByte(lineFeed - 1) == '\r') {
      version--;
    }
    return version > from && startsLike(in, version, VERSION) ? HTTP_1 : OTHER;
  }

  private static boolean isMethodChar(byte c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  }

  private static boolean startsLike(ByteBuf in, byte[] text) {
    return startsLike(in, in.readerIndex(), text);
  }

  private static boolean startsLike(ByteBuf in, int from, byte[] text) {
    int length = Math.min(text.length, in.writerIndex() - from);
    for (int i = 0; i < length; i++) {
      if (in.getByte(from + i) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
