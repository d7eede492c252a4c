package dev.heddle.node.tls;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is called by mesh TLS.
 *
 * @param address where; sessions are resumed with the same address and identities alone
 * @param identities SPIFFE URIs, one of which it must have; empty: any of the trust domain, as
 *     Istio does where none are known
 * @param serverName what the ClientHello names, {@code outbound_.80_._.host}; empty: nothing
 * @param protocol what is going to be spoken
 */
public record MeshPeer(
    InetSocketAddress address, Set<String> identities, String serverName, MeshProtocol protocol) {

  private static final char PARTS = '/';
  private static final char URIS = ' ';

  /**
   * A text that is the same for connections that may share a session. TLS engines carry it as the
   * name of their peer, so that it is at hand where a certificate is judged.
   */
  String sessionKey() {
    String uris = String.join(String.valueOf(URIS), new TreeSet<>(identities));
    return address.getHostString() + PARTS + uris;
  }

  /** Whether the peer of such a session may have this identity. */
  static boolean allows(String sessionKey, String uri) {
    String uris = sessionKey.substring(sessionKey.indexOf(PARTS) + 1);
    return uris.isEmpty() || Set.of(uris.split(String.valueOf(URIS))).contains(uri);
  }
}
