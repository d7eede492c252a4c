package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.BlockingExchange;
import dev.heddle.agent.core.call.BodyLimit;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection for the app's own https: all that is seen of it is whether it came about. */
final class HttpsConnect implements BlockingExchange<Object> {

  private static final int OK = 200;
  private static final int NO_GRPC_STATUS = -1;

  /** The client's own way to connect; answers a socket. */
  interface Opener {
    Object open(String server, int port) throws ReflectiveOperationException;
  }

  private final String host;
  private final int port;
  private final Opener opener;

  HttpsConnect(String host, int port, Opener opener) {
    this.host = host;
    this.port = port;
    this.opener = opener;
  }

  CallRequest request() {
    return new CallRequest() {
      @Override
      public String method() {
        return "CONNECT";
      }

      @Override
      public String scheme() {
        return "https";
      }

      @Override
      public String authority() {
        return host + ':' + port;
      }

      @Override
      public String path() {
        return "/";
      }

      @Override
      public int port() {
        return port;
      }

      @Override
      public @Nullable String header(String lowerCaseName) {
        return null;
      }
    };
  }

  @Override
  public Object send(Attempt attempt, Runnable sent) throws Exception {
    Endpoint endpoint = attempt.endpoint();
    try {
      return opener.open(
          endpoint == null ? host : endpoint.address(), endpoint == null ? port : endpoint.port());
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  @Override
  public void abort() {
    // the client's connect timeout ends it; a route that only forwards has none of its own
  }

  @Override
  public Outcome outcome(Exception failure) {
    return failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || failure instanceof UnknownHostException
        ? Outcome.CONNECT_FAILED
        : Outcome.RESET;
  }

  @Override
  public boolean isAppTimeout(Exception failure) {
    return failure instanceof SocketTimeoutException;
  }

  @Override
  public long responseTimeoutNanos() {
    return 0;
  }

  @Override
  public Exception responseTimeout() {
    return new SocketTimeoutException("connect timed out");
  }

  @Override
  public int status(Object socket) {
    return OK;
  }

  @Override
  public int grpcStatus(Object socket) {
    return NO_GRPC_STATUS;
  }

  @Override
  public void discard(Object socket) {}

  @Override
  public Object deliver(Object socket, List<HeaderChange> changes, @Nullable BodyLimit limit) {
    return socket;
  }

  /** Where no response can be given the connection fails. */
  @Override
  public Object reply(LocalReply reply) throws IOException {
    throw new ConnectException(reply.body());
  }

  @Override
  public void mirror(Attempt attempt, MirrorCopy copy) {
    // a route that only forwards mirrors nothing
  }
}
