package dev.heddle.agent.core.socket;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a connection may go on, and what is counted and told of how it began. */
final class Admission {

  private final SocketLayer layer;
  private final Transport transport;
  private final boolean accepted;

  Admission(SocketLayer layer, Transport transport, boolean accepted) {
    this.layer = layer;
    this.transport = transport;
    this.accepted = accepted;
  }

  /** An accepted connection of which nobody knows who is there. */
  void plain() throws IOException {
    layer.peers().closed(transport); // nobody is who had these addresses before
    admit(null, "");
    layer.metrics().plaintext.increment();
  }

  /** The peer has proved who it is. */
  void mesh(SpiffeId peer, String sni) throws IOException {
    if (accepted) {
      admit(peer, sni);
      layer.metrics().inbound.increment();
      layer.peers().opened(transport, peer);
    } else {
      layer.metrics().outbound.increment();
    }
  }

  private void admit(@Nullable SpiffeId peer, String sni) throws IOException {
    PeerConnection connection = PeerConnection.of(transport.local(), transport.remote(), peer, sni);
    if (!layer.policy().admits(connection)) {
      layer.metrics().denied.increment();
      throw new RefusedException(
          Refusals.Reason.DENIED, "RBAC: access denied to " + transport.remote());
    }
  }

  /** It did not begin; the app hears of its own connections by itself. */
  void failed(Refusals.Reason reason, IOException told) {
    layer.metrics().failed.increment();
    if (accepted) {
      layer
          .refusals()
          .add(
              reason,
              "from "
                  + transport.remote()
                  + " to port "
                  + transport.local().getPort()
                  + ": "
                  + told.getMessage());
    }
  }
}
