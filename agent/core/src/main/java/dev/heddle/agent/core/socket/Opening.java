package dev.heddle.agent.core.socket;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How a connection comes to be mesh TLS, or the app's own bytes, or refused. One thread at a time,
 * whoever holds both locks of the {@link SecureConnection}; deadlines come from outside.
 */
final class Opening {

  /** How far it is. */
  enum Progress {
    /** Bytes of the peer are needed. */
    READ,
    /** The peer must take bytes. */
    WRITE,
    /** Another thread computes, and wakes the transport when it is done. */
    TASK,
    /** The handshake is done and the peer is who it should be. */
    TLS,
    /** The bytes are the app's own; {@link #replay} has those that were read to know it. */
    PLAIN
  }

  private final SocketLayer layer;
  private final Transport transport;
  private final @Nullable Outbound outbound;
  private final InboundMode inbound;
  private final @Nullable FirstBytes first;
  private final Runnable computed;
  private final HandshakePlace place;
  private final Admission admission;

  private @Nullable OutboundTls spoken;
  private volatile @Nullable TlsStream stream;
  private volatile boolean computing;
  private volatile @Nullable AddressQuestion asked;
  private volatile @Nullable IOException failure;
  private String sni = "";
  private volatile @Nullable SpiffeId peer;

  /** computed: what to do, on another thread, when a {@link Progress#TASK} is done. */
  Opening(
      SocketLayer layer,
      Transport transport,
      @Nullable Outbound outbound,
      InboundMode inbound,
      Runnable computed) {
    this.layer = layer;
    this.transport = transport;
    this.outbound = outbound;
    this.inbound = inbound;
    this.first = outbound == null ? new FirstBytes(transport, layer.handshakes()) : null;
    this.computed = computed;
    this.admission = new Admission(layer, transport, outbound == null);
    this.place = new HandshakePlace(layer.handshakes());
    if (outbound != null || inbound == InboundMode.STRICT) {
      place.startDeadline(this::expire);
    }
  }

  /** What passes the app's bytes; once it is {@link Progress#TLS}. */
  TlsStream stream() {
    return Objects.requireNonNull(stream, "stream of a connection that is open");
  }

  /** The peer; null: not known, or plaintext. */
  @Nullable SpiffeId peer() {
    return peer;
  }

  boolean hasFailed() {
    return failure != null;
  }

  boolean owns(Object buffer) {
    TlsStream tls = stream;
    return tls == null ? first != null && first.owns(buffer) : tls.pump().buffers().owns(buffer);
  }

  boolean ownsArray(byte[] array) {
    TlsStream tls = stream;
    return tls == null
        ? first != null && first.ownsArray(array)
        : tls.pump().buffers().ownsArray(array);
  }

  /** Bytes that were read before it was known that they are the app's; null: none are left. */
  @Nullable ByteBuffer replay() {
    ByteBuffer bytes = first == null ? null : first.rest();
    return bytes != null && bytes.hasRemaining() ? bytes : null;
  }

  /**
   * Goes on as far as the transport lets it.
   *
   * @param writing the app has something to say before it heard anything
   * @param nanos the app's patience where the transport blocks; 0: endless
   */
  Progress advance(boolean writing, long nanos) throws IOException {
    rethrow();
    if (computing || waitsForAnswer()) {
      return Progress.TASK;
    }
    try {
      if (stream == null) {
        Progress progress =
            outbound == null ? sniff(requireFirst(), writing, nanos) : connect(outbound);
        if (progress != null) {
          return progress;
        }
      }
      return shake(stream(), nanos);
    } catch (SocketTimeoutException e) {
      throw e; // the app's patience, which may try again
    } catch (IOException | RuntimeException e) {
      throw fail(e);
    }
  }

  private void rethrow() throws IOException {
    IOException before = failure;
    if (before != null) {
      throw new IOException(before.getMessage(), before);
    }
  }

  private FirstBytes requireFirst() {
    return Objects.requireNonNull(first, "first bytes of an accepted connection");
  }

  private @Nullable Progress connect(Outbound to) throws IOException {
    AddressQuestion question = to.openQuestion();
    if (question != null) {
      asked = question;
      question.whenOver(layer.handshakes(), this::answered);
      return Progress.TASK;
    }
    OutboundTls tls = to.tls();
    if (tls == null) {
      place.end();
      return Progress.PLAIN;
    }
    spoken = tls;
    start(layer.tls().client(tls, transport.remote()));
    return null;
  }

  private void answered() {
    asked = null;
    computed.run();
  }

  /** Only an event loop must not; a channel may have left its own since it connected. */
  private boolean waitsForAnswer() {
    AddressQuestion question = asked;
    if (question != null && !transport.onEventLoop()) {
      question.await();
      asked = null;
    }
    return asked != null;
  }

  private @Nullable Progress sniff(FirstBytes first, boolean writing, long nanos)
      throws IOException {
    boolean strict = inbound == InboundMode.STRICT;
    FirstBytes.Verdict verdict = first.read(writing && !strict, nanos);
    if (first.count() > 0) {
      place.startDeadline(this::expire);
    }
    switch (verdict) {
      case WAITING:
        return Progress.READ;
      case MESH:
        return accept(first);
      case TLS:
        return strict ? accept(first) : plain(first);
      default:
        if (strict && first.count() > 0) {
          throw new RefusedException(
              Refusals.Reason.NO_MESH_TLS,
              "the peer speaks no mesh TLS (expected: mTLS, the port is STRICT)");
        }
        return plain(first);
    }
  }

  private Progress plain(FirstBytes first) throws IOException {
    admission.plain();
    first.taken();
    place.end();
    return Progress.PLAIN;
  }

  private @Nullable Progress accept(FirstBytes first) throws IOException {
    place.take();
    sni = first.sni();
    start(layer.tls().server()).pump().buffers().incoming().put(first.taken());
    return null;
  }

  private TlsStream start(SSLEngine engine) {
    TlsStream started = new TlsStream(new TlsPump(engine, layer.buffers()), transport);
    stream = started;
    return started;
  }

  private Progress shake(TlsStream tls, long nanos) throws IOException {
    while (true) {
      TlsPump.Need need = tls.pump().handshake();
      boolean send = need != TlsPump.Need.NOTHING || outbound != null;
      if (send && !tls.flush()) {
        return Progress.WRITE;
      }
      switch (need) {
        case INPUT:
          if (!receive(tls, nanos)) {
            return Progress.READ;
          }
          break;
        case TASK:
          if (transport.onEventLoop()) {
            computing = true;
            beginComputing();
            return Progress.TASK;
          }
          tls.pump().compute();
          break;
        case OUTPUT:
          break;
        default:
          return established(tls);
      }
    }
  }

  private static boolean receive(TlsStream tls, long nanos) throws IOException {
    boolean came = tls.receive(nanos);
    tls.pump().buffers().giveBackIncoming();
    return came;
  }

  private void beginComputing() throws IOException {
    try {
      layer.handshakes().compute(this::computeApart);
    } catch (RejectedExecutionException e) {
      computing = false;
      throw new RefusedException(
          Refusals.Reason.TOO_MANY,
          "more than " + Handshakes.MAX_WAITING + " computations of handshakes wait");
    }
  }

  private void computeApart() {
    try {
      stream().pump().compute();
    } catch (RuntimeException e) {
      fail(e); // at once, for nothing else would end it before its deadline
    } finally {
      computing = false;
      computed.run();
    }
  }

  private Progress established(TlsStream tls) throws IOException {
    OutboundTls to = spoken;
    Set<String> expected = to == null ? Collections.<String>emptySet() : to.identities();
    SpiffeId known = layer.tls().peer(tls.pump().session(), expected);
    peer = known;
    admission.mesh(known, sni);
    place.end();
    return Progress.TLS;
  }

  private void expire() {
    SocketTimeoutException late = new SocketTimeoutException("no mesh TLS handshake within 10 s");
    failure = late;
    admission.failed(Refusals.Reason.TIMEOUT, late);
    if (transport.blocks()) {
      transport.abort();
    } else {
      transport.wakeUp();
    }
  }

  private IOException fail(Exception reason) {
    IOException before = failure;
    if (before != null) {
      return new IOException(before.getMessage(), before);
    }
    IOException told =
        new IOException("mesh TLS with " + transport.remote() + ": " + reason.getMessage(), reason);
    failure = told;
    if (place.end()) {
      admission.failed(RefusedException.reason(reason), told);
    }
    TlsStream tls = stream;
    if (tls != null) {
      sayWhy(tls);
    }
    return told;
  }

  /** The alert, if there is one; what cannot be said at once is left. */
  private static void sayWhy(TlsStream tls) {
    try {
      tls.sayGoodbye();
    } catch (IOException | RuntimeException e) {
      // the peer is gone; the reason is told to the app
    }
  }

  /** The app closes, or has enough. */
  void end() {
    place.end();
  }
}
