package dev.heddle.agent.core.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A connection that brings bytes in pieces of many lengths, nothing between them, and ends. */
final class PiecewiseTransport implements Transport {

  private final ByteBuffer bytes;
  private int pieces;

  PiecewiseTransport(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  @Override
  public int read(ByteBuffer into) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    pieces++;
    if (pieces % 3 == 0) {
      return 0;
    }
    int count = Math.min(Math.min(pieces * pieces, into.remaining()), bytes.remaining());
    for (int i = 0; i < count; i++) {
      into.put(bytes.get());
    }
    return count;
  }

  @Override
  public int readWithin(ByteBuffer into, long nanos) {
    return read(into);
  }

  @Override
  public int write(ByteBuffer from) {
    throw new AssertionError("nothing is sent before it is known who the peer is");
  }

  @Override
  public boolean blocks() {
    return false;
  }

  @Override
  public boolean onEventLoop() {
    return false;
  }

  @Override
  public boolean inputShut() {
    return false;
  }

  @Override
  public void wakeUp() {}

  @Override
  public void abort() {}

  @Override
  public InetSocketAddress local() {
    return InetSocketAddress.createUnresolved("local", 1);
  }

  @Override
  public InetSocketAddress remote() {
    return InetSocketAddress.createUnresolved("remote", 1);
  }
}
