package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.BlockingExchange;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.agent.core.tls.Originations;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One call of HttpURLConnection. */
final class ConnectionExchange implements BlockingExchange<Received> {

  private final HttpURLConnection app;
  private final ConnectionFields fields;
  private final ConnectionRequest head;
  private final Originations rules;
  private volatile @Nullable HttpURLConnection sending;

  ConnectionExchange(
      HttpURLConnection app, ConnectionFields fields, ConnectionRequest head, Originations rules) {
    this.rules = rules;
    this.app = app;
    this.fields = fields;
    this.head = head;
  }

  @Override
  public Received send(Attempt attempt) throws IOException {
    HttpURLConnection connection = open(attempt);
    sending = connection;
    Object body = fields.get("poster");
    if (body instanceof ByteArrayOutputStream) {
      connection.setDoOutput(true);
      ((ByteArrayOutputStream) body).writeTo(connection.getOutputStream());
    }
    return new Received.OfAttempt(connection);
  }

  private HttpURLConnection open(Attempt attempt) throws IOException {
    String authority = attempt.authority() == null ? head.authority() : attempt.authority();
    Origination tls = rules.of(attempt.cluster());
    HttpURLConnection connection =
        tls == null
            ? plain(authority, attempt)
            : overTls(new URL("https://" + authority + attempt.path()), attempt.endpoint(), tls);
    ConnectionFields own = new ConnectionFields(connection);
    own.set("method", app.getRequestMethod());
    Map<String, List<String>> headers = new LinkedHashMap<>(fields.userHeaders());
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    headers.forEach((name, values) -> values.forEach(v -> own.addRequestHeader(name, v)));
    connection.setConnectTimeout(app.getConnectTimeout());
    connection.setReadTimeout(app.getReadTimeout());
    connection.setInstanceFollowRedirects(app.getInstanceFollowRedirects());
    connection.setUseCaches(app.getUseCaches());
    connection.setIfModifiedSince(app.getIfModifiedSince());
    return connection;
  }

  private static HttpURLConnection plain(String authority, Attempt attempt) throws IOException {
    URL url = new URL("http://" + authority + attempt.path());
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    Endpoint endpoint = attempt.endpoint();
    URL to = endpoint == null ? url : new URL("http", endpoint.address(), endpoint.port(), "/");
    Attempts.add(connection, url, to);
    return connection;
  }

  private HttpURLConnection overTls(URL url, @Nullable Endpoint endpoint, Origination tls)
      throws IOException {
    String address = endpoint == null ? app.getURL().getHost() : endpoint.address();
    int port = endpoint == null ? ConnectionRequest.port(app.getURL()) : endpoint.port();
    HttpsURLConnection shell = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
    shell.setSSLSocketFactory(EndpointTls.of(tls, tls.serverName(url.getHost()), address, port));
    // What the shell hands its calls on to has the fields that a response is taken over by.
    HttpURLConnection connection = (HttpURLConnection) ConnectionFields.delegate(shell);
    Attempts.add(connection, url, url);
    return connection;
  }

  @Override
  public void abort() {
    HttpURLConnection connection = sending;
    if (connection != null) {
      connection.disconnect();
    }
  }

  @Override
  public Outcome outcome(Exception failure) {
    boolean unconnected =
        failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || failure instanceof SSLHandshakeException
            || failure instanceof UnknownHostException;
    return unconnected ? Outcome.CONNECT_FAILED : Outcome.RESET;
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
  public Received deliver(Received response, List<HeaderChange> changes) {
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
    return new Received.OfMesh(reply, app.getURL());
  }
}
