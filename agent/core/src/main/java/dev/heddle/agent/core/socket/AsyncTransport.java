package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;

/** An AsynchronousSocketChannel below mesh TLS, which takes and gives what the kernel can now. */
final class AsyncTransport implements Transport {

  private final AsynchronousSocketChannel channel;
  private final AsyncInternals internals;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private volatile boolean inputShut;

  AsyncTransport(AsynchronousSocketChannel channel, AsyncInternals internals) throws IOException {
    this.channel = channel;
    this.internals = internals;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
  }

  void shutInput() {
    inputShut = true;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = internals.read(channel, into);
    return count == AsyncInternals.UNAVAILABLE ? 0 : count;
  }

  @Override
  public int readWithin(ByteBuffer into, long nanos) throws IOException {
    return read(into); // time-outs are the channel's own
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return Math.max(0, internals.write(channel, from));
  }

  @Override
  public boolean blocks() {
    return false;
  }

  @Override
  public boolean onEventLoop() {
    return true; // the threads of its group serve all of its channels
  }

  @Override
  public boolean inputShut() {
    return inputShut;
  }

  @Override
  public void wakeUp() {
    internals.retry(channel);
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
