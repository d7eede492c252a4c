package dev.heddle.agent.core.socket;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * One TLS connection as bytes in and bytes out; whoever owns it does the I/O. Two threads may use
 * it at once, one for what comes in and one for what goes out; the handshake is for one alone.
 *
 * <p>What a server has to say after its handshake (RFC 8446 4.6.1, tickets) stays in {@link
 * TlsBuffers#outgoing} until there is an answer to send with it: a client that never reads would
 * find unread bytes on close, and the kernel would reset the connection under the server's feet.
 */
final class TlsPump {

  /** What the handshake waits for. */
  enum Need {
    /** Bytes of the peer, in {@link TlsBuffers#incoming}. */
    INPUT,
    /** {@link TlsBuffers#outgoing} must be sent. */
    OUTPUT,
    /** {@link #compute} must be called, which does no I/O. */
    TASK,
    /** Nothing: bytes of the app can pass. */
    NOTHING
  }

  private static final ByteBuffer NOTHING_TO_SAY = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final TlsBuffers buffers;
  private boolean begun;
  private boolean finished;
  private boolean closedByPeer;

  TlsPump(SSLEngine engine, BufferPool pool) {
    this.engine = engine;
    this.buffers = new TlsBuffers(pool);
  }

  TlsBuffers buffers() {
    return buffers;
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
    buffers.giveBackIncoming();
    buffers.giveBackOutgoing();
    return Need.NOTHING;
  }

  /** Runs what the handshake waits for. */
  void compute() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private boolean unwrapHandshake() throws SSLException {
    ByteBuffer out = buffers.spare();
    ByteBuffer in = buffers.beginReading();
    SSLEngineResult result;
    try {
      result = engine.unwrap(in, out);
    } finally {
      buffers.endReading(in);
    }
    buffers.keepPlain(out);
    note(result);
    if (result.getStatus() == Status.CLOSED) {
      throw new SSLException("the peer closed during the handshake");
    }
    if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      requireRoom();
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

  private void requireRoom() throws SSLException {
    if (buffers.isFull()) {
      throw new SSLException("a record of more than " + buffers.incoming().capacity() + " bytes");
    }
  }

  /** Whether bytes for the app wait that no new bytes of the peer will announce. */
  boolean hasPending() {
    return closedByPeer || buffers.plainCount() > 0 || buffers.holdsRecord();
  }

  /** How many bytes the app can have at once, at least; decrypts a record if none is. */
  int available() throws SSLException {
    while (buffers.plainCount() == 0 && !closedByPeer && buffers.holdsRecord()) {
      closedByPeer = unwrapRecord(NOTHING_TO_SAY).getStatus() == Status.CLOSED;
      answerOnTheWay();
    }
    return buffers.plainCount();
  }

  /**
   * Gives the app what is there.
   *
   * @return bytes given; 0: more of the peer is needed; -1: the peer has said goodbye
   */
  int unwrap(ByteBuffer app) throws SSLException {
    int given = buffers.takePlain(app);
    while (given == 0 && !closedByPeer) {
      if (!buffers.hasIncoming()) {
        return 0;
      }
      int before = app.position();
      SSLEngineResult result = unwrapRecord(app);
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        requireRoom();
        return 0;
      }
      closedByPeer = result.getStatus() == Status.CLOSED;
      answerOnTheWay();
      given = app.position() - before + buffers.takePlain(app);
    }
    return given == 0 ? -1 : given;
  }

  private SSLEngineResult unwrapRecord(ByteBuffer app) throws SSLException {
    ByteBuffer in = buffers.beginReading();
    try {
      SSLEngineResult result = engine.unwrap(in, app);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        ByteBuffer spare = buffers.spare();
        result = engine.unwrap(in, spare);
        buffers.keepPlain(spare);
      }
      return result;
    } finally {
      buffers.endReading(in);
    }
  }

  /** Messages after the handshake (tickets, key updates) may ask for computation. */
  private void answerOnTheWay() {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      compute();
    }
  }

  /**
   * Turns bytes of the app into one record at most, behind what is to be sent already.
   *
   * @return bytes taken; 0 with bytes remaining: {@link TlsBuffers#outgoing} must be sent first
   */
  int wrap(ByteBuffer[] app, int offset, int length) throws SSLException {
    ByteBuffer out = buffers.outgoingForMore();
    SSLEngineResult result = engine.wrap(app, offset, length, out);
    if (result.getStatus() == Status.CLOSED) {
      throw new SSLException("the connection is closed for writing");
    }
    return result.bytesConsumed();
  }

  /** Whether there was room for what the handshake has to say. */
  private boolean wrapHandshake() throws SSLException {
    SSLEngineResult result = engine.wrap(NOTHING_TO_SAY, buffers.outgoingForMore());
    note(result);
    if (result.getStatus() == Status.CLOSED && !buffers.hasOutgoing()) {
      throw new SSLException("closed during the handshake");
    }
    return result.getStatus() != Status.BUFFER_OVERFLOW;
  }

  /** Says goodbye: RFC 8446 6.1; the peer may go on sending. */
  void closeOutbound() throws SSLException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()
        && engine.wrap(NOTHING_TO_SAY, buffers.outgoingForMore()).bytesProduced() > 0) {
      // until nothing is left to be said
    }
  }

  /** Whether the peer has said goodbye. */
  boolean closedByPeer() {
    return closedByPeer;
  }
}
