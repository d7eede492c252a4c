package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.BodyLimit;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.call.Mirrors;
import dev.heddle.agent.core.call.StreamedExchange;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One call of HttpURLConnection. */
final class ConnectionExchange implements StreamedExchange<Received> {

  private final AttemptConnections connections;
  private final HttpURLConnection app;
  private final Hop hop;
  private final ConnectBudget budget;
  private final OwnAttempt own;
  private volatile Attempts.@Nullable Way sending;

  ConnectionExchange(
      HttpURLConnection app, ConnectionFields fields, Hop hop, CallPipeline pipeline) {
    this.app = app;
    this.hop = hop;
    this.own = new OwnAttempt(app, fields);
    this.connections = new AttemptConnections(app, fields, hop, pipeline);
    this.budget = new ConnectBudget(app.getConnectTimeout());
  }

  @Override
  public Received send(Attempt attempt, Runnable sent) throws IOException {
    Attempts.Way lent = connections.own(attempt);
    if (lent != null) {
      sending = lent;
      return own.during(
          lent,
          () -> {
            HttpURLConnection unused = connect(lent, attempt);
            sent.run(); // the body, which is in memory, goes out with the head
            return new Received.OfAttempt(lent, app);
          });
    }
    Attempts.Way way = way(attempt);
    return Attempts.during(
        way,
        () -> {
          write(connect(way, attempt));
          sent.run();
          return new Received.OfAttempt(way, app);
        });
  }

  private void write(HttpURLConnection connection) throws IOException {
    if (hop.body() != null) {
      hop.body().writeTo(connection.getOutputStream());
    }
  }

  @Override
  public OutputStream open(Attempt attempt) throws IOException {
    Attempts.Way way = way(attempt);
    return Attempts.during(way, () -> connect(way, attempt).getOutputStream());
  }

  @Override
  public Received respond() throws IOException {
    Attempts.Way way = sending;
    if (way == null) {
      throw new IllegalStateException("no connection was opened");
    }
    return Attempts.during(way, () -> new Received.OfAttempt(way, app));
  }

  private Attempts.Way way(Attempt attempt) throws IOException {
    String authority = attempt.authority() == null ? hop.authority() : attempt.authority();
    Attempts.Way way = connections.to(attempt, authority, attempt.cluster(), attempt.endpoint());
    sending = way;
    return way;
  }

  private HttpURLConnection connect(Attempts.Way way, Attempt attempt) throws IOException {
    HttpURLConnection connection = way.connection();
    connection.setReadTimeout(app.getReadTimeout());
    budget.connect(
        connection,
        attempt.cluster().connectionPool().connectTimeoutNanos(),
        attempt.timeoutNanos());
    KeepAlive.limit(connection, attempt.cluster().connectionPool());
    return connection;
  }

  @Override
  public void abort() {
    Attempts.Way way = sending;
    if (way != null) {
      way.connection().disconnect();
    }
  }

  @Override
  public Outcome outcome(Exception failure) {
    boolean unconnected =
        failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || failure instanceof UnknownHostException
            || failure instanceof SSLHandshakeException
            || budget.isMeshTimeout(failure);
    return unconnected ? Outcome.CONNECT_FAILED : Outcome.RESET;
  }

  @Override
  public boolean isAppTimeout(Exception failure) {
    return failure instanceof SocketTimeoutException && !budget.isMeshTimeout(failure);
  }

  @Override
  public long responseTimeoutNanos() {
    return TimeUnit.MILLISECONDS.toNanos(app.getReadTimeout());
  }

  @Override
  public Exception responseTimeout() {
    return new SocketTimeoutException("Read timed out");
  }

  @Override
  public int status(Received response) {
    return response.status();
  }

  @Override
  public int grpcStatus(Received response) {
    return response.grpcStatus();
  }

  @Override
  public void discard(Received response) {
    response.discard();
  }

  @Override
  public Received deliver(
      Received response, List<HeaderChange> changes, @Nullable BodyLimit limit) {
    if (response instanceof Received.OfAttempt) {
      ((Received.OfAttempt) response).limit = limit;
    }
    hop.keepCookies(HeaderChanges.cookiesGiven(changes));
    if (!changes.isEmpty() && response instanceof Received.OfAttempt) {
      Received.OfAttempt received = (Received.OfAttempt) response;
      Map<String, List<String>> headers = new LinkedHashMap<>(received.attempt().getHeaderFields());
      List<String> statusLine = headers.remove(null);
      HeaderChanges.apply(changes, headers);
      List<String[]> changed = new ArrayList<>();
      if (statusLine != null) {
        changed.add(new String[] {null, statusLine.get(0)});
      }
      headers.forEach(
          (name, values) -> values.forEach(value -> changed.add(new String[] {name, value})));
      received.changedHeaders = changed;
    }
    return response;
  }

  @Override
  public Received reply(LocalReply reply) {
    return new Received.OfMesh(reply, hop.url());
  }

  @Override
  public void mirror(Attempt attempt, MirrorCopy copy) throws IOException {
    String authority = attempt.authority() == null ? hop.authority() : attempt.authority();
    Attempts.Way way =
        connections.to(attempt, Mirrors.authority(authority), copy.cluster(), copy.endpoint());
    way.connection().setConnectTimeout(Mirrors.TIMEOUT_MILLIS);
    way.connection().setReadTimeout(Mirrors.TIMEOUT_MILLIS);
    Received answer =
        Attempts.during(
            way,
            () -> {
              way.connection().connect();
              KeepAlive.limit(way.connection(), copy.cluster().connectionPool());
              write(way.connection());
              return new Received.OfAttempt(way, app);
            });
    answer.discard();
  }
}
