package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Makes connections of ours that send what the app's connection has to send. */
final class AttemptConnections {

  private final HttpURLConnection app;
  private final ConnectionFields fields;
  private final Hop hop;
  private final CallPipeline pipeline;

  AttemptConnections(
      HttpURLConnection app, ConnectionFields fields, Hop hop, CallPipeline pipeline) {
    this.pipeline = pipeline;
    this.app = app;
    this.fields = fields;
    this.hop = hop;
  }

  /** To an endpoint of a cluster; null: to the address that the app itself would have used. */
  Attempts.Way to(Attempt attempt, String authority, Cluster cluster, @Nullable Endpoint endpoint)
      throws IOException {
    Origination tls = pipeline.tls().of(cluster);
    Attempts.Way way =
        tls == null
            ? plain(new URL("http://" + authority + attempt.path()), endpoint)
            : overTls(new URL("https://" + authority + attempt.path()), endpoint, tls);
    Map<String, List<String>> headers = new LinkedHashMap<>(hop.headers());
    if (!authority.equals(hop.authority())) {
      headers.keySet().removeIf("host"::equalsIgnoreCase);
    }
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    prepare(way.connection(), headers);
    way.connection().setInstanceFollowRedirects(false); // each hop is a call of its own
    return way;
  }

  private Attempts.Way plain(URL url, @Nullable Endpoint endpoint) throws IOException {
    return open(url, url(endpoint));
  }

  private URL url(@Nullable Endpoint endpoint) throws IOException {
    return endpoint == null ? hop.url() : keeps().url(endpoint, hop.path());
  }

  private ConnectionKeeps keeps() {
    return pipeline.kept(ConnectionKeeps.class, ConnectionKeeps::new);
  }

  /** The app's own connection, if the first attempt may have it; null: it needs one of its own. */
  Attempts.@Nullable Way own(Attempt attempt) throws IOException {
    return attempt.number() == 1
            && hop.isFirst()
            && attempt.authority() == null
            && attempt.requestHeaders().isEmpty()
            && attempt.path().equals(hop.path())
            && pipeline.tls().of(attempt.cluster()) == null
        ? new Attempts.Way(app, hop.url(), url(attempt.endpoint()))
        : null;
  }

  private Attempts.Way overTls(URL url, @Nullable Endpoint endpoint, Origination tls)
      throws IOException {
    String address = endpoint == null ? hop.url().getHost() : endpoint.address();
    int port = endpoint == null ? hop.port() : endpoint.port();
    HttpsURLConnection shell = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
    shell.setSSLSocketFactory(keeps().tls(tls, tls.serverName(url.getHost()), address, port));
    // What the shell hands its calls on to has the fields that a response is taken over by.
    return new Attempts.Way(delegate(shell), url, url);
  }

  /** A failure of ours ends the attempt: left to itself the app would go on in plaintext. */
  private static HttpURLConnection delegate(HttpsURLConnection shell) throws IOException {
    try {
      return (HttpURLConnection) ConnectionFields.delegate(shell);
    } catch (RuntimeException e) {
      throw new IOException("this JVM's HttpsURLConnection cannot be used for a rule's TLS", e);
    }
  }

  /** To a host that is not managed, as the app itself would go there. */
  Attempts.Way unmanaged() throws IOException {
    Attempts.Way way = open(hop.url(), hop.url());
    HttpURLConnection connection = way.connection();
    prepare(connection, hop.headers());
    connection.setConnectTimeout(app.getConnectTimeout());
    connection.setReadTimeout(app.getReadTimeout());
    connection.setInstanceFollowRedirects(app.getInstanceFollowRedirects());
    return way;
  }

  private static Attempts.Way open(URL url, URL to) throws IOException {
    return new Attempts.Way((HttpURLConnection) url.openConnection(Proxy.NO_PROXY), url, to);
  }

  private void prepare(HttpURLConnection connection, Map<String, List<String>> headers) {
    ConnectionFields own = new ConnectionFields(connection);
    own.set("method", hop.method());
    HopCookies.keepWith(hop.url(), own);
    headers.forEach((name, values) -> values.forEach(v -> own.addRequestHeader(name, v)));
    connection.setUseCaches(app.getUseCaches());
    connection.setIfModifiedSince(app.getIfModifiedSince());
    if (fields.streaming()) {
      connection.setDoOutput(true);
      fields.copyStreaming(own);
    } else if (hop.body() != null) {
      connection.setDoOutput(true);
    }
  }
}
