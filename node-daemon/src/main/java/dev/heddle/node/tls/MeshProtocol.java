package dev.heddle.node.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is spoken inside mesh TLS, as ALPN names it between Istio's proxies (RFC 7301). */
public enum MeshProtocol {
  /** A stream of bytes, each end of which may close its direction first. */
  TCP("istio"),
  /** HTTP/1.1. */
  HTTP_1("istio-http/1.1"),
  /** HTTP/2. */
  HTTP_2("istio-h2");

  private final String alpn;

  MeshProtocol(String alpn) {
    this.alpn = alpn;
  }

  /** What a client offers: the protocol, and the name of the family that all peers know. */
  List<String> offered() {
    return this == TCP ? List.of(alpn) : List.of(alpn, TCP.alpn);
  }

  /**
   * What a server takes, the most telling first. Not {@code istio-peer-exchange}, by which Envoys
   * send each other metadata in front of the bytes.
   */
  static List<String> taken() {
    return List.of(HTTP_2.alpn, HTTP_1.alpn, "istio-http/1.0", TCP.alpn);
  }

  /** What a server and a client that offers these names will speak. */
  public static MeshProtocol ofOffered(List<String> names) {
    for (String taken : taken()) {
      if (names.contains(taken)) {
        return of(taken);
      }
    }
    return TCP;
  }

  /** What a negotiated name says; TCP, where it says nothing of the bytes, or there is none. */
  static MeshProtocol of(@Nullable String negotiated) {
    if (HTTP_2.alpn.equals(negotiated)) {
      return HTTP_2;
    }
    return negotiated != null && negotiated.startsWith("istio-http/1.") ? HTTP_1 : TCP;
  }
}
