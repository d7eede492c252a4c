package dev.heddle.agent.core.socket;

import dev.heddle.agent.bootstrap.Attached;
import dev.heddle.agent.core.socket.Opening.Progress;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What is attached to a SocketChannel: tells the app's I/O from the connection's own, which comes
 * through the same methods, and readiness of the app's bytes from readiness of the kernel's.
 */
public final class ManagedChannel {

  /** The app's I/O goes its own way. */
  private static final int PASS = 0;

  /** Added to a result, which is -1 or more: what is 0 after that lets the app's I/O pass. */
  private static final int TAKEN = 2;

  /** No operation and no event, and yet not the 0 that Byte Buddy takes for "as it was". */
  private static final int NOTHING = 1 << 30;

  private static final int DATA_OPS = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

  private final SocketChannel channel;
  private final ChannelInternals internals;
  private final ChannelTransport transport;
  private final SecureConnection connection;

  private ManagedChannel(
      SocketLayer layer,
      SocketChannel channel,
      ChannelInternals internals,
      @Nullable Outbound outbound,
      InboundMode mode)
      throws IOException {
    this.channel = channel;
    this.internals = internals;
    this.transport = new ChannelTransport(channel, internals);
    this.connection =
        outbound == null
            ? SecureConnection.inbound(layer, transport, mode)
            : SecureConnection.outbound(layer, transport, outbound);
  }

  /** The app's channel is connected. In blocking mode the handshake is part of that. */
  public static void connected(SocketChannel channel, ChannelInternals internals)
      throws IOException {
    SocketLayer layer = SocketLayer.current();
    SocketAddress remote = channel.getRemoteAddress();
    if (layer == null
        || !(remote instanceof InetSocketAddress)
        || ((Attached) channel).heddleAttached() != null) {
      return;
    }
    Outbound to = outbound(layer, channel, (InetSocketAddress) remote);
    if (to == null) {
      return;
    }
    ManagedChannel managed = new ManagedChannel(layer, channel, internals, to, InboundMode.STRICT);
    ((Attached) channel).heddleAttach(managed);
    try {
      managed.connection.open(true, 0);
    } catch (IOException e) {
      channel.close();
      ConnectException refused = new ConnectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  private static @Nullable Outbound outbound(
      SocketLayer layer, SocketChannel channel, InetSocketAddress remote) {
    Outbound to = Outbound.to(layer.policy(), remote);
    return to != null && channel.isBlocking() ? to.awaited() : to;
  }

  /** The app accepted a channel. */
  public static void accepted(SocketChannel channel, ChannelInternals internals)
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
    } else {
      ((Attached) channel).heddleAttach(new ManagedChannel(layer, channel, internals, null, mode));
    }
  }

  /** Whether the kernel must not send a file to this channel by itself. */
  public static boolean encrypts(Object target) {
    Object attached = target instanceof Attached ? ((Attached) target).heddleAttached() : null;
    return attached instanceof ManagedChannel && !((ManagedChannel) attached).connection.isOver();
  }

  /** The peer of the connection; null: not known, or plaintext. */
  public @Nullable SpiffeId peer() {
    return connection.peer();
  }

  /** What the app's method returns, of what a method here returned; not for {@link #PASS}. */
  public static int result(int taken) {
    return taken - TAKEN;
  }

  /** The app reads. Returned is 0: it shall do so by itself; else see {@link #result}. */
  public int read(ByteBuffer app) throws IOException {
    return connection.owns(app) ? PASS : taken(connection.read(app, 0));
  }

  /** The app reads with patience; nanos 0: endless. */
  public int read(byte[] app, int offset, int length, long nanos) throws IOException {
    return connection.ownsArray(app)
        ? PASS
        : taken(connection.read(ByteBuffer.wrap(app, offset, length), nanos));
  }

  /** The app reads into several buffers. */
  public int read(ByteBuffer[] app, int offset, int length) throws IOException {
    long total = 0;
    for (int i = offset; i < offset + length; i++) {
      while (app[i].hasRemaining()) {
        if (total > 0 && !connection.pending()) {
          return taken(total);
        }
        int count = connection.read(app[i], 0);
        if (count <= 0) {
          return taken(total > 0 ? total : count);
        }
        total += count;
      }
    }
    return taken(total);
  }

  /** The app writes. */
  public int write(ByteBuffer app) throws IOException {
    return connection.owns(app) ? PASS : write(new ByteBuffer[] {app}, 0, 1);
  }

  /** The app writes several buffers. */
  public int write(ByteBuffer[] app, int offset, int length) throws IOException {
    return taken(connection.write(app, offset, length));
  }

  /** The app writes all of it, waiting as long as that takes. */
  public int writeFully(byte[] app, int offset, int length) throws IOException {
    ByteBuffer[] bytes = {ByteBuffer.wrap(app, offset, length)};
    long count = connection.write(bytes, 0, 1);
    while (count >= 0 && bytes[0].hasRemaining()) {
      count = connection.write(bytes, 0, 1);
    }
    return taken(count);
  }

  private int taken(long count) {
    if (count == SecureConnection.PASS) {
      if (connection.isOver()) {
        detach();
      }
      return PASS;
    }
    return (int) Math.min(count, Integer.MAX_VALUE - TAKEN) + TAKEN;
  }

  /** From now on the channel costs nothing. */
  @SuppressWarnings("NullAway") // the seam has no annotations; null is nothing
  private void detach() {
    ((Attached) channel).heddleAttach(null);
  }

  /** Bytes that the app can read at once; ofKernel: those that are encrypted. */
  public int available(int ofKernel) throws IOException {
    return connection.available(ofKernel);
  }

  /** The app closes a channel that may be managed. */
  public static void closing(Object channel) {
    Object attached = channel instanceof Attached ? ((Attached) channel).heddleAttached() : null;
    if (attached != null) {
      ((ManagedChannel) attached).connection.close();
    }
  }

  /** The app closes the channel's output. */
  public void sayGoodbye() {
    connection.sayGoodbye();
  }

  /** The app closes its input. */
  public void inputIsShut() {
    transport.shutInput();
  }

  /** What the selector is to wait for, for the app to get what it asks for. */
  public int interest(int ops) {
    if ((ops & DATA_OPS) == 0) {
      return ops;
    }
    boolean toRead = (ops & SelectionKey.OP_READ) != 0;
    if (connection.opened() != null || connection.hasFailed()) {
      // Room to write is there nearly always: the selector comes back at once.
      return toRead && (connection.pending() || connection.hasFailed())
          ? ops | SelectionKey.OP_WRITE
          : ops;
    }
    int others = ops & ~DATA_OPS;
    switch (connection.waitsFor()) {
      case TASK:
        return others | NOTHING;
      case WRITE:
        return others | DATA_OPS;
      default:
        return others | SelectionKey.OP_READ;
    }
  }

  /** What the app is to see of the kernel's events, in bits of poll(2). */
  public int ready(int events, SelectionKey selected) {
    transport.selectedBy(selected);
    int in = internals.pollIn();
    int out = internals.pollOut();
    if (connection.opened() != null) {
      return connection.pending() ? events | in : events;
    }
    if (connection.hasFailed()) {
      return events | in | out;
    }
    try {
      Progress before = connection.waitsFor();
      boolean toWrite = (selected.interestOps() & SelectionKey.OP_WRITE) != 0;
      Progress progress = connection.open(toWrite, 0);
      boolean open = connection.opened() != null;
      if (open || progress != before) {
        transport.wakeUp();
      }
      return open ? opened(events, in, out) : NOTHING;
    } catch (IOException e) {
      transport.wakeUp();
      return events | in | out; // the app reads what is wrong
    }
  }

  private int opened(int events, int in, int out) {
    int others = (events & ~in) | out;
    return connection.pending() ? others | in : others;
  }
}
