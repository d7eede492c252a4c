package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A blocking socket below mesh TLS; SO_TIMEOUT is the app's and holds for each read. */
final class SocketTransport implements Transport {

  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private volatile boolean inputShut;

  SocketTransport(Socket socket, InputStream input, OutputStream output) {
    this.socket = socket;
    this.input = input;
    this.output = output;
    this.local = (InetSocketAddress) socket.getLocalSocketAddress();
    this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  void shutInput() {
    inputShut = true;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int at = into.position();
    int count = input.read(into.array(), into.arrayOffset() + at, into.remaining());
    if (count > 0) {
      into.position(at + count);
    }
    return count;
  }

  @Override
  public int readWithin(ByteBuffer into, long nanos) throws IOException {
    int before = socket.getSoTimeout();
    int within = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    socket.setSoTimeout(before == 0 ? within : Math.min(before, within));
    try {
      return read(into);
    } finally {
      socket.setSoTimeout(before);
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    output.write(from.array(), from.arrayOffset() + from.position(), count);
    from.position(from.limit());
    return count;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public boolean onEventLoop() {
    return false;
  }

  @Override
  public boolean inputShut() {
    return inputShut;
  }

  @Override
  public void wakeUp() {
    // whoever waits, waits in the kernel
  }

  @Override
  public void abort() {
    try {
      input.close();
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
