package dev.heddle.agent.core.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A {@link TlsPump} on its {@link Transport}. Like the pump it is for one reader and one writer at
 * once; the handshake is for one alone.
 */
final class TlsStream {

  private final TlsPump pump;
  private final Transport transport;

  /** A byte of the app that is sent already, but not yet reported as taken: see {@link #write}. */
  private boolean heldBack;

  TlsStream(TlsPump pump, Transport transport) {
    this.pump = pump;
    this.transport = transport;
  }

  TlsPump pump() {
    return pump;
  }

  /**
   * What the app reads.
   *
   * @param nanos the app's patience where the transport blocks; 0: endless
   * @return bytes read; 0: would block; -1: the end
   */
  int read(ByteBuffer app, long nanos) throws IOException {
    try {
      int total = 0;
      while (app.hasRemaining()) {
        int count = pump.unwrap(app);
        if (count > 0) {
          total += count;
        } else if (total > 0) {
          return total;
        } else if (count < 0) {
          return -1;
        } else if (!receive(nanos)) {
          return transport.inputShut() ? -1 : 0;
        }
      }
      return total;
    } finally {
      pump.buffers().giveBackIncoming();
    }
  }

  /** Whether bytes of the peer came, of which the pump may make something. */
  boolean receive(long nanos) throws IOException {
    ByteBuffer in = pump.buffers().incomingWithRoom();
    int count = nanos > 0 ? transport.readWithin(in, nanos) : transport.read(in);
    pump.buffers().came(count, in.remaining());
    if (count < 0 && !transport.inputShut()) {
      throw new EOFException(
          "the peer closed without a goodbye (close_notify); bytes may be missing");
    }
    return count > 0;
  }

  /** Bytes that the app can read at once; ofTransport: those that wait below. */
  int available(int ofTransport) throws IOException {
    if (pump.available() == 0 && ofTransport > 0 && !pump.closedByPeer()) {
      receive(0); // there are bytes, so this does not wait
    }
    int count = pump.available();
    pump.buffers().giveBackIncoming();
    return count;
  }

  /**
   * What the app writes. Where the peer does not take all, one byte less than taken is reported:
   * the app then waits until it can write again, which is when the rest is sent.
   *
   * @return bytes taken; 0: would block
   */
  long write(ByteBuffer[] app, int offset, int length) throws IOException {
    if (heldBack && !flush()) {
      return 0;
    }
    long total = 0;
    if (heldBack && skipOne(app, offset, length)) {
      heldBack = false;
      total = 1;
    }
    pump.buffers().expectOutgoing(remaining(app, offset, length));
    while (hasRemaining(app, offset, length)) {
      int[] before = positions(app, offset, length);
      int taken = wrap(app, offset, length);
      total += taken;
      if (!flush()) {
        if (taken > 0) {
          stepBack(app, offset, before);
          heldBack = true;
          total--;
        }
        return total;
      }
    }
    return total;
  }

  /** As many records as the buffer takes, so that they are sent together. */
  private int wrap(ByteBuffer[] app, int offset, int length) throws IOException {
    int taken = 0;
    int more;
    do {
      more = pump.wrap(app, offset, length);
      taken += more;
    } while (more > 0 && hasRemaining(app, offset, length));
    return taken;
  }

  private static long remaining(ByteBuffer[] app, int offset, int length) {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += app[i].remaining();
    }
    return count;
  }

  private static boolean hasRemaining(ByteBuffer[] app, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (app[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  private static boolean skipOne(ByteBuffer[] app, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (app[i].hasRemaining()) {
        app[i].position(app[i].position() + 1);
        return true;
      }
    }
    return false;
  }

  private static int[] positions(ByteBuffer[] app, int offset, int length) {
    int[] positions = new int[length];
    for (int i = 0; i < length; i++) {
      positions[i] = app[offset + i].position();
    }
    return positions;
  }

  /** Gives back the last byte that was taken since the buffers were at these positions. */
  private static void stepBack(ByteBuffer[] app, int offset, int[] before) {
    for (int i = before.length - 1; i >= 0; i--) {
      ByteBuffer last = app[offset + i];
      if (last.position() > before[i]) {
        last.position(last.position() - 1);
        return;
      }
    }
  }

  /** Sends what the pump has to send; false: the peer does not take it all now. */
  boolean flush() throws IOException {
    ByteBuffer out = pump.buffers().outgoing();
    if (out == null) {
      return true;
    }
    out.flip();
    try {
      while (out.hasRemaining()) {
        if (transport.write(out) == 0) {
          return false;
        }
      }
    } finally {
      out.compact();
    }
    pump.buffers().giveBackOutgoing();
    return true;
  }

  /** Tells the peer that no more comes; what it does not take now it does not hear. */
  void sayGoodbye() throws IOException {
    if (!heldBack || flush()) {
      pump.closeOutbound();
      flush();
    }
  }
}
