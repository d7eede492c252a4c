package dev.heddle.node.tls;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of handshakes, for {@code /metrics}. Safe for all threads. */
public final class TlsCounts {

  /** Why a handshake failed. */
  public enum Failure {
    /** The peer's certificate is not believed, or is not the expected peer's. */
    IDENTITY,
    /** It did not end in time. */
    TIMEOUT,
    /** The peer went away. */
    CLOSED,
    /** Too many were under way. */
    OVERLOAD,
    /** All else: no TLS 1.3, no certificate, an alert of the peer. */
    PROTOCOL
  }

  private final LongAdder full = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder[] failed = new LongAdder[Failure.values().length];

  TlsCounts() {
    Arrays.setAll(failed, i -> new LongAdder());
  }

  /** Handshakes in which the peer's certificate was verified. */
  public long full() {
    return full.sum();
  }

  /** Handshakes that resumed a session. */
  public long resumed() {
    return resumed.sum();
  }

  /** Handshakes that failed so. */
  public long failed(Failure reason) {
    return failed[reason.ordinal()].sum();
  }

  void verified() {
    full.increment();
  }

  void continued() {
    resumed.increment();
  }

  void failed(Throwable cause) {
    failedFor(reason(cause));
  }

  void failedFor(Failure reason) {
    failed[reason.ordinal()].increment();
  }

  private static Failure reason(Throwable cause) {
    for (Throwable of = cause; of != null; of = of.getCause()) {
      if (of instanceof CertificateException) {
        return Failure.IDENTITY;
      }
      if (of instanceof SslHandshakeTimeoutException) {
        return Failure.TIMEOUT;
      }
      if (of instanceof ClosedChannelException) {
        return Failure.CLOSED;
      }
    }
    return Failure.PROTOCOL;
  }
}
