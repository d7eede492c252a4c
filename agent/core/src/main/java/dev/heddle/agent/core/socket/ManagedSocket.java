package dev.heddle.agent.core.socket;

import dev.heddle.agent.bootstrap.Attached;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What is attached to a Socket: the streams that the app gets instead of the socket's own. */
public final class ManagedSocket {

  /** The streams of a socket, below all that its class or a subclass makes of them. */
  public interface RawStreams {
    /** What the kernel received. */
    InputStream input() throws IOException;

    /** What the kernel sends. */
    OutputStream output() throws IOException;
  }

  private final SocketTransport transport;
  private final SecureConnection connection;
  private final InputStream input;
  private final OutputStream output;

  private ManagedSocket(
      SocketLayer layer,
      Socket socket,
      RawStreams raw,
      @Nullable Outbound outbound,
      InboundMode mode)
      throws IOException {
    transport = new SocketTransport(socket, raw.input(), raw.output());
    connection =
        outbound == null
            ? SecureConnection.inbound(layer, transport, mode)
            : SecureConnection.outbound(layer, transport, outbound);
    input = new SecureInput(connection, transport, socket);
    output = new SecureOutput(connection, transport, socket);
  }

  /** The app's socket is connected; the handshake is part of that. */
  public static void connected(Socket socket, RawStreams raw) throws IOException {
    SocketLayer layer = SocketLayer.current();
    InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
    if (layer == null || remote == null || !(socket instanceof Attached)) {
      return;
    }
    Outbound asked = Outbound.to(layer.policy(), remote);
    Outbound to = asked == null ? null : asked.awaited();
    if (to == null) {
      return;
    }
    ManagedSocket managed = new ManagedSocket(layer, socket, raw, to, InboundMode.STRICT);
    try {
      managed.connection.open(true, 0);
    } catch (IOException e) {
      managed.transport.abort();
      ConnectException refused = new ConnectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
    ((Attached) socket).heddleAttach(managed);
  }

  /** The app accepted a socket. */
  public static void accepted(Socket socket, RawStreams raw) throws IOException {
    SocketLayer layer = SocketLayer.current();
    if (layer == null || !(socket instanceof Attached)) {
      return;
    }
    InboundMode mode =
        layer
            .policy()
            .inbound(
                (InetSocketAddress) socket.getLocalSocketAddress(),
                socket.getRemoteSocketAddress());
    if (mode == InboundMode.DISABLE) {
      PlainConnections.accepted(socket);
    } else {
      ((Attached) socket).heddleAttach(new ManagedSocket(layer, socket, raw, null, mode));
    }
  }

  /** The peer of the connection; null: not known, or plaintext. */
  public @Nullable SpiffeId peer() {
    return connection.peer();
  }

  /** What the app reads from. */
  public InputStream input() {
    return input;
  }

  /** What the app writes to. */
  public OutputStream output() {
    return output;
  }

  /** The app closes the socket. */
  public void close() {
    connection.close();
  }

  /** The app closes the socket's output. */
  public void sayGoodbye() {
    connection.sayGoodbye();
  }

  /** The app closes its input. */
  public void inputIsShut() {
    transport.shutInput();
  }
}
