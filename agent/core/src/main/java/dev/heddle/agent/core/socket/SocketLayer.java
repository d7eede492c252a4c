package dev.heddle.agent.core.socket;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the connections of a process share. Hooks, which nobody constructs, find it here. */
public final class SocketLayer {

  private static final AtomicReference<@Nullable SocketLayer> CURRENT = new AtomicReference<>();

  private final ConnectionPolicy policy;
  private final MeshTls tls;
  private final Handshakes handshakes;
  private final SocketMetrics metrics;
  private final Refusals refusals;
  private final BufferPool buffers = new BufferPool();
  private final PeerIdentities peers = new PeerIdentities();

  /** The parts of a process's socket layer. */
  public SocketLayer(
      ConnectionPolicy policy,
      MeshTls tls,
      Handshakes handshakes,
      SocketMetrics metrics,
      Refusals refusals) {
    this.policy = policy;
    this.tls = tls;
    this.handshakes = handshakes;
    this.metrics = metrics;
    this.refusals = refusals;
  }

  /** Connections made from now on are asked about. */
  public static void use(SocketLayer layer) {
    CURRENT.set(layer);
  }

  /** The layer; null: the hooks are placed and nobody decides yet, all is the app's own. */
  static @Nullable SocketLayer current() {
    return CURRENT.get();
  }

  ConnectionPolicy policy() {
    return policy;
  }

  MeshTls tls() {
    return tls;
  }

  Handshakes handshakes() {
    return handshakes;
  }

  SocketMetrics metrics() {
    return metrics;
  }

  Refusals refusals() {
    return refusals;
  }

  PeerIdentities peers() {
    return peers;
  }

  BufferPool buffers() {
    return buffers;
  }
}
