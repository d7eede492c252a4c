package dev.heddle.agent.core.socket;

import dev.heddle.policy.tls.ClientHello;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What an accepted connection begins with, read no further than is needed to tell it. */
final class FirstBytes {

  /** What they are. */
  enum Verdict {
    /** Not told yet: more must come. */
    WAITING,
    /** Mesh TLS. */
    MESH,
    /** Other TLS. */
    TLS,
    /** No TLS. */
    OTHER,
    /** The peer says nothing, and the app wants to begin. */
    SILENCE,
    /** The peer has closed. */
    END
  }

  /** Most ClientHellos; larger ones are given more room. */
  private static final int EXPECTED_BYTES = 600;

  private final Transport transport;
  private final Handshakes handshakes;
  private volatile ByteBuffer bytes = ByteBuffer.allocate(EXPECTED_BYTES);
  private volatile boolean silent;
  private @Nullable Future<?> patience;
  private String sni = "";

  FirstBytes(Transport transport, Handshakes handshakes) {
    this.transport = transport;
    this.handshakes = handshakes;
  }

  /** Those that were read, to be read by whoever is to have them. Called once, at the verdict. */
  ByteBuffer taken() {
    bytes.flip();
    return bytes;
  }

  /** What is left of {@link #taken}. */
  ByteBuffer rest() {
    return bytes;
  }

  int count() {
    return bytes.position();
  }

  /** The server name of the ClientHello. */
  String sni() {
    return sni;
  }

  @SuppressWarnings("ReferenceEquality") // this very buffer, whatever is in others
  boolean owns(Object buffer) {
    return buffer == bytes;
  }

  @SuppressWarnings({"ReferenceEquality", "ByteBufferBackingArray"}) // allocated here
  boolean ownsArray(byte[] array) {
    return bytes.array() == array;
  }

  /**
   * Reads until there is a verdict or the transport has no more.
   *
   * @param appBegins the app writes, and may do so without having heard the peer
   * @param nanos the app's patience where the transport blocks; 0: endless
   */
  Verdict read(boolean appBegins, long nanos) throws IOException {
    while (!silent) {
      ClientHello seen = look();
      sni = seen.sni();
      switch (seen.kind()) {
        case MESH:
          return Verdict.MESH;
        case TLS:
          return Verdict.TLS;
        case OTHER:
          return Verdict.OTHER;
        default:
      }
      int count = readSome(appBegins && count() == 0, nanos);
      if (count < 0) {
        return Verdict.END;
      }
      if (count == 0 && !silent) {
        return Verdict.WAITING;
      }
    }
    return Verdict.SILENCE;
  }

  private ClientHello look() {
    ByteBuffer read = bytes.duplicate();
    read.flip();
    return ClientHello.look(read);
  }

  private int readSome(boolean appBegins, long nanos) throws IOException {
    if (!bytes.hasRemaining()) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.min(bytes.capacity() * 4, ClientHello.MAX_BYTES));
      bytes.flip();
      larger.put(bytes);
      bytes = larger;
    }
    if (appBegins && transport.blocks()) {
      try {
        return transport.readWithin(bytes, Handshakes.FIRST_BYTES_NANOS);
      } catch (SocketTimeoutException e) {
        silent = true;
        return 0;
      }
    }
    if (appBegins && patience == null) {
      patience = handshakes.after(Handshakes.FIRST_BYTES_NANOS, this::giveUp);
    }
    return nanos > 0 ? transport.readWithin(bytes, nanos) : transport.read(bytes);
  }

  private void giveUp() {
    if (count() == 0) {
      silent = true;
      transport.wakeUp();
    }
  }
}
