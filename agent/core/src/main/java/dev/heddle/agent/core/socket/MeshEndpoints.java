package dev.heddle.agent.core.socket;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are known to speak mesh TLS. The call pipeline tells an endpoint when it chooses
 * it, before the library connects; the socket layer looks it up as the connection is made.
 */
public final class MeshEndpoints {

  /** Addresses kept: some hundred services of some hundred instances each. */
  static final int MAX_ENDPOINTS = 65_536;

  private final ConcurrentHashMap<InetSocketAddress, OutboundTls> endpoints =
      new ConcurrentHashMap<>();

  /**
   * An endpoint is about to be connected to.
   *
   * @param remote resolved; an unresolved address is not kept
   * @param tls how to speak to it; null: in plain text
   */
  public void chosen(InetSocketAddress remote, @Nullable OutboundTls tls) {
    if (tls == null) {
      if (!endpoints.isEmpty()) {
        endpoints.remove(remote);
      }
    } else if (!tls.equals(endpoints.get(remote)) && !remote.isUnresolved()) {
      if (endpoints.size() >= MAX_ENDPOINTS) {
        endpoints.clear(); // each is told again when it is chosen again
      }
      endpoints.put(remote, tls);
    }
  }

  /** How to speak to an address; null: nothing is known of it. */
  public @Nullable OutboundTls find(InetSocketAddress remote) {
    return endpoints.get(remote);
  }
}
