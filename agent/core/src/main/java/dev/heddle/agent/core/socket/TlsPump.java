package dev.heddle.agent.core.socket;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection as bytes in and bytes out; whoever owns it does the I/O. Two threads may use
 * it at once, one for what comes in and one for what goes out; the handshake is for one alone.
 *
 * <p>What a server has to say after its handshake (RFC 8446 4.6.1, tickets) stays in {@link
 * #outgoing} until there is an answer to send with it: a client that never reads would find unread
 * bytes on close, and the kernel would reset the connection under the server's feet.
 */
final class TlsPump {

  /** What the handshake waits for. */
  enum Need {
    /** Bytes of the peer, in {@link #incoming}. */
    INPUT,
    /** {@link #outgoing} must be sent. */
    OUTPUT,
    /** {@link #task} must be run, which computes and does no I/O. */
    TASK,
    /** Nothing: bytes of the app can pass. */
    NOTHING
  }

  private static final ByteBuffer NOTHING_TO_SAY = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final BufferPool pool;
  private boolean begun;
  private boolean finished;
  private boolean closedByPeer;
  private @Nullable ByteBuffer incoming;
  private @Nullable ByteBuffer outgoing;

  /** Bytes for the app that it had no room for; ready to be read. */
  private @Nullable ByteBuffer plain;

  TlsPump(SSLEngine engine, BufferPool pool) {
    this.engine = engine;
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

  /** Bytes for the peer, in the state of being written to: flip, send, compact. */
  @Nullable ByteBuffer outgoing() {
    return outgoing;
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

  SSLSession session() {
    return engine.getSession();
  }

  /** Goes as far as it can without I/O. */
  Need handshake() throws SSLException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    while (!finished) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK:
          return Need.TASK;
        case NEED_WRAP:
          if (!wrapHandshake()
              || (!finished && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP)) {
            return Need.OUTPUT;
          }
          break;
        case NEED_UNWRAP:
          if (!unwrapHandshake()) {
            return Need.INPUT;
          }
          break;
        default:
          finished = true;
      }
    }
    giveBackEmpty();
    return Need.NOTHING;
  }

  /** The next task of the handshake; null: there is none. */
  @Nullable Runnable task() {
    return engine.getDelegatedTask();
  }

  private boolean unwrapHandshake() throws SSLException {
    ByteBuffer in = incoming();
    ByteBuffer out = pool.take();
    in.flip();
    SSLEngineResult result;
    try {
      result = engine.unwrap(in, out);
    } finally {
      in.compact();
    }
    keepPlain(out);
    note(result);
    if (result.getStatus() == Status.CLOSED) {
      throw new SSLException("the peer closed during the handshake");
    }
    if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      requireRoom(in);
      return false;
    }
    return true;
  }

  private void note(SSLEngineResult result) throws SSLException {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      finished = true;
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrapHandshake()) {
        // tickets
      }
    }
  }

  private static void requireRoom(ByteBuffer in) throws SSLException {
    if (!in.hasRemaining()) {
      throw new SSLException("a record of more than " + in.capacity() + " bytes");
    }
  }

  /** Whether bytes for the app wait that no new bytes of the peer will announce. */
  boolean hasPending() {
    ByteBuffer in = incoming;
    return plain != null || closedByPeer || (in != null && holdsRecord(in));
  }

  private static boolean holdsRecord(ByteBuffer in) {
    final int header = 5;
    if (in.position() < header) {
      return false;
    }
    int length = (in.get(header - 2) & 0xff) << 8 | (in.get(header - 1) & 0xff);
    return in.position() >= header + length;
  }

  /** How many bytes the app can have at once, at least; decrypts a record if none is. */
  int available() throws SSLException {
    ByteBuffer in = incoming;
    while (plain == null && !closedByPeer && in != null && holdsRecord(in)) {
      closedByPeer = unwrapRecord(in, NOTHING_TO_SAY).getStatus() == Status.CLOSED;
      answerOnTheWay();
    }
    ByteBuffer rest = plain;
    return rest == null ? 0 : rest.remaining();
  }

  /**
   * Gives the app what is there.
   *
   * @return bytes given; 0: more of the peer is needed; -1: the peer has said goodbye
   */
  int unwrap(ByteBuffer app) throws SSLException {
    int given = takePlain(app);
    while (given == 0 && !closedByPeer) {
      ByteBuffer in = incoming;
      if (in == null || in.position() == 0) {
        return 0;
      }
      int before = app.position();
      SSLEngineResult result = unwrapRecord(in, app);
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        requireRoom(in);
        return 0;
      }
      closedByPeer = result.getStatus() == Status.CLOSED;
      answerOnTheWay();
      given = app.position() - before + takePlain(app);
    }
    return given == 0 ? -1 : given;
  }

  private SSLEngineResult unwrapRecord(ByteBuffer in, ByteBuffer app) throws SSLException {
    in.flip();
    try {
      SSLEngineResult result = engine.unwrap(in, app);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        ByteBuffer spare = pool.take();
        result = engine.unwrap(in, spare);
        keepPlain(spare);
      }
      return result;
    } finally {
      in.compact();
    }
  }

  /** Messages after the handshake (tickets, key updates) may ask for computation. */
  private void answerOnTheWay() {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      for (Runnable task = task(); task != null; task = task()) {
        task.run();
      }
    }
  }

  private void keepPlain(ByteBuffer decrypted) {
    if (decrypted.position() > 0) {
      decrypted.flip();
      plain = decrypted;
    } else {
      pool.give(decrypted);
    }
  }

  private int takePlain(ByteBuffer app) {
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

  /**
   * Turns bytes of the app into one record at most, behind what is to be sent already.
   *
   * @return bytes taken; 0 with bytes remaining: {@link #outgoing} must be sent first
   */
  int wrap(ByteBuffer[] app, int offset, int length) throws SSLException {
    ByteBuffer out = outgoingForMore();
    SSLEngineResult result = engine.wrap(app, offset, length, out);
    if (result.getStatus() == Status.CLOSED) {
      throw new SSLException("the connection is closed for writing");
    }
    return result.bytesConsumed();
  }

  /** Whether there was room for what the handshake has to say. */
  private boolean wrapHandshake() throws SSLException {
    SSLEngineResult result = engine.wrap(NOTHING_TO_SAY, outgoingForMore());
    note(result);
    if (result.getStatus() == Status.CLOSED && !hasOutgoing()) {
      throw new SSLException("closed during the handshake");
    }
    return result.getStatus() != Status.BUFFER_OVERFLOW;
  }

  private ByteBuffer outgoingForMore() {
    ByteBuffer out = outgoing;
    if (out == null) {
      out = pool.take();
      outgoing = out;
    }
    return out;
  }

  /** Says goodbye: RFC 8446 6.1; the peer may go on sending. */
  void closeOutbound() throws SSLException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()
        && engine.wrap(NOTHING_TO_SAY, outgoingForMore()).bytesProduced() > 0) {
      // until nothing is left to be said
    }
  }

  /** Whether the peer has said goodbye. */
  boolean closedByPeer() {
    return closedByPeer;
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

  private void giveBackEmpty() {
    giveBackIncoming();
    giveBackOutgoing();
  }
}
