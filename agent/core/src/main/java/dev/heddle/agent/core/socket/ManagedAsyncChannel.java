package dev.heddle.agent.core.socket;

import dev.heddle.agent.bootstrap.Attached;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is attached to an AsynchronousSocketChannel. The channel's own operations, time-outs and
 * rules stay as they are: it takes mesh TLS for a kernel that is not ready yet, or is.
 */
public final class ManagedAsyncChannel {

  /** No answer of a kernel: the bytes are the app's own, which shall ask the kernel itself. */
  public static final long PASS = Long.MIN_VALUE;

  private final AsynchronousSocketChannel channel;
  private final AsyncInternals internals;
  private final AsyncTransport transport;
  private final SecureConnection connection;

  /** Whether the app has tried to write, so that the connection knows that it wants to. */
  private volatile boolean written;

  private ManagedAsyncChannel(
      SocketLayer layer,
      AsynchronousSocketChannel channel,
      AsyncInternals internals,
      @Nullable Outbound outbound,
      InboundMode mode)
      throws IOException {
    this.channel = channel;
    this.internals = internals;
    this.transport = new AsyncTransport(channel, internals);
    this.connection =
        outbound == null
            ? SecureConnection.inbound(layer, transport, mode)
            : SecureConnection.outbound(layer, transport, outbound);
  }

  /**
   * The app connects a channel.
   *
   * @throws UncheckedIOException the endpoint speaks mesh TLS, and this JVM's channels cannot
   */
  public static void connecting(AsynchronousSocketChannel channel, SocketAddress remote) {
    SocketLayer layer = SocketLayer.current();
    if (!(channel instanceof Attached)
        && layer != null
        && remote instanceof InetSocketAddress
        && Outbound.speaksTls(layer.policy(), (InetSocketAddress) remote)) {
      layer.metrics().failed.increment();
      throw new UncheckedIOException(
          new ConnectException(
              remote
                  + " speaks mesh TLS, which an AsynchronousSocketChannel of this JVM cannot"
                  + " (expected: a SocketChannel or a Socket)"));
    }
  }

  /** The app's channel is connected; what fails here fails its connect. */
  public static void connected(
      AsynchronousSocketChannel channel, Supplier<AsyncInternals> internals) throws IOException {
    SocketLayer layer = SocketLayer.current();
    SocketAddress remote = channel.getRemoteAddress();
    if (layer == null || !(remote instanceof InetSocketAddress) || !(channel instanceof Attached)) {
      return;
    }
    Outbound to = Outbound.to(layer.policy(), (InetSocketAddress) remote);
    if (to != null) {
      ManagedAsyncChannel managed =
          new ManagedAsyncChannel(layer, channel, internals.get(), to, InboundMode.STRICT);
      ((Attached) channel).heddleAttach(managed);
      managed.connection.open(true, 0);
    }
  }

  /** The app accepts a channel; IOException, and it is closed, if it cannot be what it must be. */
  public static void accepted(AsynchronousSocketChannel channel, Supplier<AsyncInternals> internals)
      throws IOException {
    SocketLayer layer = SocketLayer.current();
    SocketAddress local = channel.getLocalAddress();
    if (layer == null || !(local instanceof InetSocketAddress)) {
      return;
    }
    InboundMode mode =
        layer.policy().inbound((InetSocketAddress) local, channel.getRemoteAddress());
    if (mode == InboundMode.DISABLE) {
      PlainConnections.accepted(channel);
    } else if (channel instanceof Attached) {
      ((Attached) channel)
          .heddleAttach(new ManagedAsyncChannel(layer, channel, internals.get(), null, mode));
    } else if (mode == InboundMode.STRICT) {
      layer.metrics().failed.increment();
      channel.close();
      throw new IOException(
          "the port is STRICT, and an AsynchronousSocketChannel of this JVM cannot speak mesh TLS"
              + " (expected: a ServerSocketChannel or a ServerSocket)");
    } else {
      PlainConnections.accepted(channel);
    }
  }

  /** What is attached to a channel; null: nothing, it goes its own way. */
  public static @Nullable ManagedAsyncChannel of(Object channel) {
    Object attached = channel instanceof Attached ? ((Attached) channel).heddleAttached() : null;
    return (ManagedAsyncChannel) attached;
  }

  /** The peer of the connection; null: not known, or plaintext. */
  public @Nullable SpiffeId peer() {
    return connection.peer();
  }

  /**
   * The app reads.
   *
   * @return what the channel takes for the kernel's answer; {@link #PASS}
   */
  public long read(ByteBuffer... app) throws IOException {
    boolean before = connection.opened() != null;
    try {
      return scatter(app);
    } finally {
      tellTheOther(before);
    }
  }

  private long scatter(ByteBuffer[] app) throws IOException {
    long total = 0;
    for (ByteBuffer each : app) {
      while (each.hasRemaining()) {
        if (total > 0 && !connection.pending()) {
          return total;
        }
        int count = connection.read(each, 0);
        if (count <= 0) {
          return total > 0 ? total : answer(count);
        }
        total += count;
      }
    }
    return total;
  }

  /** The app writes something; the answer is as that of {@link #read}. */
  public long write(ByteBuffer... app) throws IOException {
    boolean before = connection.opened() != null;
    written = true;
    try {
      return answer(connection.write(app, 0, app.length));
    } finally {
      tellTheOther(before);
    }
  }

  /** An operation of the other direction waits for the handshake, and that is over now. */
  private void tellTheOther(boolean openBefore) {
    if (!openBefore && (connection.opened() != null || connection.hasFailed())) {
      transport.wakeUp();
    }
  }

  private long answer(long count) {
    if (count == SecureConnection.PASS) {
      if (connection.isOver()) {
        detach();
      }
      return PASS;
    }
    return count == 0 ? AsyncInternals.UNAVAILABLE : count;
  }

  /** From now on the channel costs nothing. */
  @SuppressWarnings("NullAway") // the seam has no annotations; null is nothing
  private void detach() {
    ((Attached) channel).heddleAttach(null);
  }

  /** Bits of poll(2) that the channel is to wait for, for its operations to end; 0: none. */
  public int interest(int events) {
    int out = internals.pollOut();
    if (connection.opened() != null || connection.hasFailed()) {
      // Room to write is there nearly always: the event comes at once.
      return connection.pending() || connection.hasFailed() ? events | out : events;
    }
    if ((events & out) != 0 && !written) {
      return events;
    }
    switch (connection.waitsFor()) {
      case TASK:
        return 0;
      case WRITE:
        return internals.pollIn() | out;
      default:
        return internals.pollIn();
    }
  }

  /** What the channel is to see of the kernel's events, in bits of poll(2). */
  public int ready(int events) {
    if (connection.opened() == null) {
      return events | internals.pollIn() | internals.pollOut(); // either goes on with the handshake
    }
    return connection.pending() ? events | internals.pollIn() : events;
  }

  /** The app closes the channel. */
  public void close() {
    connection.close();
  }

  /** The app closes the channel's output. */
  public void sayGoodbye() {
    connection.sayGoodbye();
  }

  /** The app closes its input. */
  public void inputIsShut() {
    transport.shutInput();
  }
}
