package dev.heddle.agent.core.socket;

import dev.heddle.agent.bootstrap.Attached;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who calls, for those who serve requests and see a connection, or its addresses alone. */
public final class PeerIdentities {

  /** Accepted connections known by their addresses; beyond, their peers are nobody. */
  private static final int MAX_CONNECTIONS = 65_536;

  private final ConcurrentHashMap<List<InetSocketAddress>, SpiffeId> byAddresses =
      new ConcurrentHashMap<>();

  PeerIdentities() {}

  /**
   * The peer of a connection.
   *
   * @param connection a Socket, SocketChannel or AsynchronousSocketChannel of the app
   * @return null: a plaintext peer, one that has not said anything yet, or no managed connection
   */
  public static @Nullable SpiffeId of(Object connection) {
    Object attached =
        connection instanceof Attached ? ((Attached) connection).heddleAttached() : null;
    if (attached instanceof ManagedChannel) {
      return ((ManagedChannel) attached).peer();
    }
    if (attached instanceof ManagedAsyncChannel) {
      return ((ManagedAsyncChannel) attached).peer();
    }
    return attached instanceof ManagedSocket ? ((ManagedSocket) attached).peer() : null;
  }

  /** Whether any peer has one: never in a process without mesh TLS. */
  public static boolean areThere() {
    SocketLayer layer = SocketLayer.current();
    return layer != null && !layer.peers().byAddresses.isEmpty();
  }

  /** The peer of an accepted connection that is open; null as above. */
  public static @Nullable SpiffeId of(InetSocketAddress local, InetSocketAddress remote) {
    SocketLayer layer = SocketLayer.current();
    return layer == null ? null : layer.peers().byAddresses.get(Arrays.asList(local, remote));
  }

  void opened(Transport transport, SpiffeId peer) {
    if (byAddresses.size() < MAX_CONNECTIONS) {
      byAddresses.put(key(transport), peer);
    }
  }

  void closed(Transport transport) {
    byAddresses.remove(key(transport));
  }

  private static List<InetSocketAddress> key(Transport transport) {
    return Arrays.asList(transport.local(), transport.remote());
  }
}
