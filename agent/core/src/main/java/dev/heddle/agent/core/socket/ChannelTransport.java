package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A SocketChannel below mesh TLS. Its I/O comes through the woven methods again, and passes. */
final class ChannelTransport implements Transport {

  private final SocketChannel channel;
  private final ChannelInternals internals;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private volatile @Nullable SelectionKey key;
  private volatile boolean inputShut;

  ChannelTransport(SocketChannel channel, ChannelInternals internals) throws IOException {
    this.channel = channel;
    this.internals = internals;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
  }

  /** A selector tells of events for this key. */
  void selectedBy(SelectionKey selected) {
    key = selected;
  }

  void shutInput() {
    inputShut = true;
  }

  @Override
  public void wakeUp() {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      internals.requeue(registered);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  @Override
  public int readWithin(ByteBuffer into, long nanos) throws IOException {
    if (!channel.isBlocking()) {
      return channel.read(into);
    }
    int at = into.position();
    int count =
        internals.blockingRead(
            channel, into.array(), into.arrayOffset() + at, into.remaining(), nanos);
    if (count > 0) {
      into.position(at + count);
    }
    return count;
  }

  @Override
  public boolean blocks() {
    return channel.isBlocking();
  }

  @Override
  public boolean onEventLoop() {
    return key != null && !channel.isBlocking();
  }

  @Override
  public boolean inputShut() {
    return inputShut;
  }

  @Override
  public void abort() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed is closed
    }
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }
}
