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
    return isUnsent(failure) ? Outcome.REFUSED : Outcome.RESET;
  }

  /**
   * The async client says InterruptedIOException, and no subclass of it, where what it waited for
   * before it sends is cancelled: a lease, a connect.
   */
  private static boolean isUnsent(Throwable failure) {
    return failure instanceof RequestNotExecutedException
        || failure.getClass().equals(InterruptedIOException.class);
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
