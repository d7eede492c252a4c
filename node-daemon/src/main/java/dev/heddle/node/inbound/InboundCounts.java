package dev.heddle.node.inbound;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of what comes to pods, for {@code /metrics}. Safe for all threads. */
public final class InboundCounts {

  /** What happened. */
  public enum Event {
    /** A connection by mesh TLS was let in. */
    MESH_CONNECTION,
    /** A connection without mesh TLS was let in. */
    PLAIN_CONNECTION,
    /** A connection without mesh TLS came to a port that is STRICT. */
    PLAINTEXT_REFUSED,
    /** No handshake of mesh TLS succeeded; MeshTls counts why. */
    HANDSHAKE_FAILED,
    /** Policies refused a connection. */
    CONNECTION_DENIED,
    /** The app took no connection. */
    APP_UNREACHABLE,
    /** Policies let a request in. */
    REQUEST_ALLOWED,
    /** Policies refused a request. */
    REQUEST_DENIED,
    /** A request was refused as it could not be told whether policies let it in. */
    REQUEST_UNDECIDED,
    /** No rule believes a request's tokens. */
    REQUEST_UNAUTHENTICATED,
    /** A request was malformed. */
    REQUEST_MALFORMED
  }

  private final LongAdder[] counts = new LongAdder[Event.values().length];

  InboundCounts() {
    Arrays.setAll(counts, i -> new LongAdder());
  }

  /** How often it happened. */
  public long of(Event event) {
    return counts[event.ordinal()].sum();
  }

  void count(Event event) {
    counts[event.ordinal()].increment();
  }
}
