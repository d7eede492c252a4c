package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.retry.Outcome;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** What the client's exceptions mean to a call. */
final class Failures {

  private Failures() {}

  static Outcome outcome(Throwable failure, @Nullable ConnectLimit limit) {
    if (ConnectLimit.ended(limit, failure)
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException) {
      return Outcome.CONNECT_FAILED;
    }
    return failure instanceof RequestNotExecutedException ? Outcome.REFUSED : Outcome.RESET;
  }

  /**
   * Whether the async client waited in vain for what it needs before it sends, a lease or a
   * connect: it says so by InterruptedIOException itself, and by that without a message. Streams
   * and pipes of the app throw the same class, with one, from the middle of a body.
   */
  static boolean isCancelledWait(Throwable failure) {
    return failure.getClass().equals(InterruptedIOException.class) && failure.getMessage() == null;
  }

  /** The mesh's own timeouts are timers of the agent: one that the client throws is the app's. */
  static boolean isAppTimeout(Throwable failure, @Nullable ConnectLimit limit) {
    return !ConnectLimit.ended(limit, failure)
        && (failure instanceof SocketTimeoutException
            || failure instanceof ConnectionRequestTimeoutException);
  }

  static long nanos(@Nullable Timeout timeout) {
    return timeout == null || timeout.isDisabled() ? 0 : timeout.toNanoseconds();
  }
}
