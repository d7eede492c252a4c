package dev.heddle.agent.core.socket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes on their way through one TLS connection, in buffers that are lent as long as there is
 * something in them.
 */
final class TlsBuffers {

  private final BufferPool pool;

  /** The largest record of plaintext, RFC 8446 5.1: more than that is worth a large buffer. */
  private static final int RECORD_BYTES = 16 * 1024;

  /** Bytes of the peer from {@link #read} to the position; behind them there is room. */
  private @Nullable ByteBuffer incoming;

  private int read;
  private boolean muchComes;
  private @Nullable ByteBuffer outgoing;

  /** Bytes for the app that it had no room for; ready to be read. */
  private @Nullable ByteBuffer plain;

  TlsBuffers(BufferPool pool) {
    this.pool = pool;
  }

  /** Where bytes of the peer go: append, and tell nobody. */
  ByteBuffer incoming() {
    ByteBuffer in = incoming;
    if (in == null) {
      in = pool.take();
      incoming = in;
    }
    return in;
  }

  /** The same with room for more, if that can be: to read from the transport. */
  ByteBuffer incomingWithRoom() {
    ByteBuffer in = incoming();
    ByteBuffer larger =
        muchComes && in.capacity() < BufferPool.LARGE_BYTES ? pool.takeLarge() : null;
    if (larger != null) {
      beginReading();
      larger.put(in);
      pool.give(in);
      read = 0;
      incoming = larger;
      return larger;
    }
    if (read > 0 && in.remaining() < RECORD_BYTES) {
      beginReading();
      in.compact();
      read = 0;
    }
    return in;
  }

  /** So many came, into a buffer that has so much room left. */
  void came(int count, int left) {
    muchComes = left == 0 || (muchComes && count >= RECORD_BYTES);
  }

  /** The bytes of the peer, ready to be read; {@link #endReading} is to follow. */
  ByteBuffer beginReading() {
    ByteBuffer in = incoming();
    int end = in.position();
    in.position(read);
    in.limit(end);
    return in;
  }

  /** What was read is forgotten. */
  void endReading(ByteBuffer in) {
    int end = in.limit();
    read = in.position();
    in.limit(in.capacity());
    in.position(end);
    if (read == end) {
      in.clear();
      read = 0;
    }
  }

  /** Whether there will never be room for the rest of a record. */
  boolean isFull() {
    ByteBuffer in = incoming;
    return in != null && read == 0 && !in.hasRemaining();
  }

  boolean hasIncoming() {
    ByteBuffer in = incoming;
    return in != null && in.position() > read;
  }

  /** Whether a whole record of the peer is there. */
  boolean holdsRecord() {
    final int header = 5;
    ByteBuffer in = incoming;
    if (in == null || in.position() - read < header) {
      return false;
    }
    int length = (in.get(read + header - 2) & 0xff) << 8 | (in.get(read + header - 1) & 0xff);
    return in.position() - read >= header + length;
  }

  /** Bytes for the peer, in the state of being written to: flip, send, compact. */
  @Nullable ByteBuffer outgoing() {
    return outgoing;
  }

  /** The same, there from now on. */
  ByteBuffer outgoingForMore() {
    ByteBuffer out = outgoing;
    if (out == null) {
      out = pool.take();
      outgoing = out;
    }
    return out;
  }

  /** The same for so many bytes of the app. */
  void expectOutgoing(long count) {
    if (outgoing == null && count > RECORD_BYTES) {
      outgoing = pool.takeLarge();
    }
  }

  /** Whether there is something to send. */
  boolean hasOutgoing() {
    ByteBuffer out = outgoing;
    return out != null && out.position() > 0;
  }

  /** Whether a buffer is one of this connection's own, and its I/O not the app's. */
  @SuppressWarnings("ReferenceEquality") // this very buffer, whatever is in others
  boolean owns(Object buffer) {
    return buffer == incoming || buffer == outgoing;
  }

  /** The same of an array. */
  @SuppressWarnings({"ReferenceEquality", "ByteBufferBackingArray"}) // allocated by the pool
  boolean ownsArray(byte[] array) {
    ByteBuffer in = incoming;
    return in != null && in.array() == array;
  }

  /** An empty buffer, to be given to {@link #keepPlain}. */
  ByteBuffer spare() {
    return pool.take();
  }

  /** What was decrypted into a {@link #spare} is for the app, when it asks. */
  void keepPlain(ByteBuffer decrypted) {
    if (decrypted.position() > 0) {
      decrypted.flip();
      plain = decrypted;
    } else {
      pool.give(decrypted);
    }
  }

  /** Bytes for the app that were kept. */
  int plainCount() {
    ByteBuffer rest = plain;
    return rest == null ? 0 : rest.remaining();
  }

  /** Gives the app as many of them as it has room for. */
  int takePlain(ByteBuffer app) {
    ByteBuffer rest = plain;
    if (rest == null) {
      return 0;
    }
    int count = Math.min(rest.remaining(), app.remaining());
    int limit = rest.limit();
    rest.limit(rest.position() + count);
    app.put(rest);
    rest.limit(limit);
    if (!rest.hasRemaining()) {
      plain = null;
      pool.give(rest);
    }
    return count;
  }

  /** An idle connection keeps no buffers; for whoever reads. */
  void giveBackIncoming() {
    ByteBuffer in = incoming;
    if (in != null && in.position() == 0) {
      incoming = null;
      pool.give(in);
    }
  }

  /** The same for whoever writes. */
  void giveBackOutgoing() {
    ByteBuffer out = outgoing;
    if (out != null && out.position() == 0) {
      outgoing = null;
      pool.give(out);
    }
  }
}
