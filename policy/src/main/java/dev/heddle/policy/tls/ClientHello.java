package dev.heddle.policy.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tells mesh TLS from everything else by the first bytes of a connection: RFC 8446 4.1.2 (the
 * ClientHello), RFC 7301 3.1 (ALPN) and RFC 6066 3 (SNI). Nothing is believed: lengths are those of
 * a stranger.
 */
public final class ClientHello {

  /** What the bytes so far are. */
  public enum Kind {
    /** Too few to tell. */
    UNDECIDED,
    /** TLS whose ALPN is of Istio's family: a peer of the mesh. */
    MESH,
    /** TLS of somebody else: the app's own, or a foreign client. */
    TLS,
    /** No TLS. */
    OTHER
  }

  /**
   * Bytes looked at: a whole record. RFC 8446 5.1 allows a ClientHello of several records; no
   * client in use sends one.
   */
  public static final int MAX_BYTES = 5 + 16 * 1024;

  private static final int RECORD_HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER = 5;
  private static final int HELLO_HEADER = 4;
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int EXTENSION_SERVER_NAME = 0;
  private static final int EXTENSION_ALPN = 16;
  private static final String MESH_ALPN = "istio";

  private final Kind kind;
  private final String sni;
  private final List<String> protocols;

  private ClientHello(Kind kind, String sni, List<String> protocols) {
    this.kind = kind;
    this.sni = sni;
    this.protocols = protocols;
  }

  /** What the bytes are. */
  public Kind kind() {
    return kind;
  }

  /** The host name of the server name extension; empty if there is none. */
  public String sni() {
    return sni;
  }

  /** What a peer of the mesh offers to speak, by Istio's names, in its order. */
  public List<String> protocols() {
    return Collections.unmodifiableList(protocols);
  }

  /** Looks at bytes from the position to the limit and moves neither. */
  public static ClientHello look(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    int have = in.remaining();
    if (have == 0) {
      return of(Kind.UNDECIDED);
    }
    if (in.get(in.position()) != RECORD_HANDSHAKE || (have > 1 && in.get(in.position() + 1) != 3)) {
      return of(Kind.OTHER);
    }
    if (have <= RECORD_HEADER) {
      return of(Kind.UNDECIDED);
    }
    int length = unsignedShort(in, in.position() + 3);
    if (in.get(in.position() + RECORD_HEADER) != CLIENT_HELLO
        || length < HELLO_HEADER
        || length > MAX_BYTES - RECORD_HEADER) {
      return of(Kind.OTHER);
    }
    if (have < RECORD_HEADER + length) {
      return of(Kind.UNDECIDED);
    }
    in.position(in.position() + RECORD_HEADER + HELLO_HEADER);
    in.limit(in.position() - HELLO_HEADER + length);
    return extensions(in);
  }

  private static ClientHello extensions(ByteBuffer hello) {
    boolean whole =
        skip(hello, VERSION_AND_RANDOM)
            && skip(hello, length(hello, 1))
            && skip(hello, length(hello, 2))
            && skip(hello, length(hello, 1));
    List<String> protocols = new ArrayList<>();
    String sni = "";
    if (whole && length(hello, 2) >= 0) {
      while (hello.remaining() >= 4) {
        int type = length(hello, 2);
        ByteBuffer extension = part(hello, length(hello, 2));
        if (type == EXTENSION_ALPN) {
          addMesh(extension, protocols);
        } else if (type == EXTENSION_SERVER_NAME) {
          sni = hostName(extension);
        }
      }
    }
    return new ClientHello(protocols.isEmpty() ? Kind.TLS : Kind.MESH, sni, protocols);
  }

  private static void addMesh(ByteBuffer alpn, List<String> to) {
    ByteBuffer names = part(alpn, length(alpn, 2));
    while (names.hasRemaining()) {
      String name = text(part(names, length(names, 1)));
      if (name.equals(MESH_ALPN) || name.startsWith(MESH_ALPN + "-")) {
        to.add(name);
      }
    }
  }

  private static String hostName(ByteBuffer extension) {
    ByteBuffer names = part(extension, length(extension, 2));
    boolean host = length(names, 1) == 0;
    return host ? text(part(names, length(names, 2))) : "";
  }

  /** A length of so many bytes, or -1 where the bytes end before. */
  private static int length(ByteBuffer in, int bytes) {
    if (in.remaining() < bytes) {
      in.position(in.limit());
      return -1;
    }
    return bytes == 1 ? in.get() & 0xff : in.getShort() & 0xffff;
  }

  private static boolean skip(ByteBuffer in, int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      in.position(in.limit());
      return false;
    }
    in.position(in.position() + bytes);
    return true;
  }

  /** The next bytes apart; empty, and the rest with them, where they are not all there. */
  private static ByteBuffer part(ByteBuffer in, int bytes) {
    ByteBuffer part = in.slice();
    part.limit(skip(in, bytes) ? bytes : 0);
    return part;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static int unsignedShort(ByteBuffer in, int at) {
    return (in.get(at) & 0xff) << 8 | (in.get(at + 1) & 0xff);
  }

  private static ClientHello of(Kind kind) {
    return new ClientHello(kind, "", Collections.<String>emptyList());
  }
}
