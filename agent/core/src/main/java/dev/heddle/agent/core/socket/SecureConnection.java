package dev.heddle.agent.core.socket;

import dev.heddle.agent.core.socket.Opening.Progress;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the app on which the mesh has a say: the app's reads and writes on one side, its
 * {@link Transport} on the other. One thread may read while another writes; the lock for reading is
 * taken before the one for writing.
 */
final class SecureConnection {

  /** The bytes are the app's own: let it read or write as if there were no mesh. */
  static final int PASS = -2;

  private final SocketLayer layer;
  private final Transport transport;
  private final Opening opening;
  private final boolean accepted;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();

  /** TLS or PLAIN once it is known. */
  private volatile @Nullable Progress opened;

  private volatile Progress waitsFor = Progress.READ;
  private volatile boolean pending;
  private volatile boolean goodbyeSaid;

  private SecureConnection(
      SocketLayer layer, Transport transport, @Nullable Outbound outbound, InboundMode mode) {
    this.layer = layer;
    this.transport = transport;
    this.accepted = outbound == null;
    this.opening = new Opening(layer, transport, outbound, mode, this::computed);
  }

  static SecureConnection outbound(SocketLayer layer, Transport transport, Outbound to) {
    return new SecureConnection(layer, transport, to, InboundMode.STRICT);
  }

  static SecureConnection inbound(SocketLayer layer, Transport transport, InboundMode mode) {
    return new SecureConnection(layer, transport, null, mode);
  }

  /** Who is at the other end; null: not known yet, or a plaintext peer. */
  @Nullable SpiffeId peer() {
    return opening.peer();
  }

  /** TLS or PLAIN; null: not known yet. */
  @Nullable Progress opened() {
    return opened;
  }

  /** What the handshake waits for; of no meaning when it is {@link #opened}. */
  Progress waitsFor() {
    return waitsFor;
  }

  boolean hasFailed() {
    return opening.hasFailed();
  }

  /** Whether I/O with this buffer is this connection's own. */
  boolean owns(Object buffer) {
    return opening.owns(buffer);
  }

  boolean ownsArray(byte[] array) {
    return opening.ownsArray(array);
  }

  /** Whether the app can read something that no new bytes of the peer will announce. */
  boolean pending() {
    return pending;
  }

  /** Nothing is left to do here: the app's bytes pass, and those read before are read. */
  boolean isOver() {
    return opened == Progress.PLAIN && opening.replay() == null;
  }

  /**
   * Opens as far as the transport lets it.
   *
   * @param toWrite the app wants to write
   */
  Progress open(boolean toWrite, long nanos) throws IOException {
    reading.lock();
    writing.lock();
    try {
      Progress known = opened;
      if (known != null) {
        return known;
      }
      Progress progress = opening.advance(toWrite, nanos);
      waitsFor = progress;
      if (progress == Progress.TLS || progress == Progress.PLAIN) {
        opened = progress;
        pending =
            progress == Progress.TLS
                ? opening.stream().pump().hasPending()
                : opening.replay() != null;
      }
      return progress;
    } finally {
      writing.unlock();
      reading.unlock();
    }
  }

  private void computed() {
    try {
      open(false, 0);
    } catch (IOException e) {
      // the app is told when it reads
    }
    transport.wakeUp();
  }

  /**
   * What the app reads.
   *
   * @param nanos the app's patience where the transport blocks; 0: endless
   * @return bytes read; 0: would block; -1: the end; {@link #PASS}
   */
  int read(ByteBuffer app, long nanos) throws IOException {
    boolean before = pending;
    int count;
    reading.lock();
    try {
      Progress progress = opened;
      if (progress == null) {
        progress = open(false, nanos);
      }
      switch (progress) {
        case TLS:
          count = readTls(opening.stream(), app, nanos);
          break;
        case PLAIN:
          count = replay(app);
          break;
        default:
          count = 0;
      }
    } finally {
      reading.unlock();
    }
    if (pending != before) {
      transport.wakeUp();
    }
    return count;
  }

  private int replay(ByteBuffer app) {
    ByteBuffer bytes = opening.replay();
    if (bytes == null) {
      return PASS;
    }
    int count = Math.min(bytes.remaining(), app.remaining());
    for (int i = 0; i < count; i++) {
      app.put(bytes.get());
    }
    pending = bytes.hasRemaining();
    return count;
  }

  private int readTls(TlsStream stream, ByteBuffer app, long nanos) throws IOException {
    try {
      return stream.read(app, nanos);
    } finally {
      pending = stream.pump().hasPending();
    }
  }

  /** Bytes that the app can read without waiting. */
  int available(int ofTransport) throws IOException {
    if (!reading.tryLock()) {
      return 0; // somebody waits in read, so there is nothing
    }
    try {
      Progress progress = opened;
      if (progress == Progress.TLS) {
        return opening.stream().available(ofTransport);
      }
      ByteBuffer bytes = opening.replay();
      return progress == Progress.PLAIN ? ofTransport + (bytes == null ? 0 : bytes.remaining()) : 0;
    } finally {
      reading.unlock();
    }
  }

  /**
   * What the app writes, as {@link TlsStream#write} does.
   *
   * @return bytes taken; 0: would block; {@link #PASS}
   */
  long write(ByteBuffer[] app, int offset, int length) throws IOException {
    Progress progress = opened;
    if (progress == null) {
      progress = open(true, 0);
    }
    if (progress == Progress.PLAIN) {
      return PASS;
    }
    if (progress != Progress.TLS) {
      return 0;
    }
    writing.lock();
    try {
      return opening.stream().write(app, offset, length);
    } finally {
      writing.unlock();
    }
  }

  /** The app shuts its output, or closes: the peer is told that nothing is missing. */
  void sayGoodbye() {
    opening.end();
    if (opened != Progress.TLS || goodbyeSaid || !writing.tryLock()) {
      return; // a write is under way: what it could not send is missing, and so is the goodbye
    }
    Future<?> guard =
        transport.blocks()
            ? layer.handshakes().after(Handshakes.CLOSE_NANOS, transport::abort)
            : null;
    try {
      goodbyeSaid = true;
      opening.stream().sayGoodbye();
    } catch (IOException | RuntimeException e) {
      // the peer is gone, and needs none
    } finally {
      if (guard != null) {
        guard.cancel(false);
      }
      writing.unlock();
    }
  }

  /** The app closes. */
  void close() {
    sayGoodbye();
    if (accepted && opened == Progress.TLS) {
      layer.peers().closed(transport);
    }
  }
}
