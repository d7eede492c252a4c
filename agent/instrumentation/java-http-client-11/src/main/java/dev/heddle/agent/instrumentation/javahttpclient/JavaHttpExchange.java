package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.AsyncExchange;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.agent.core.tls.Originations;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One call of java.net.http. */
final class JavaHttpExchange implements AsyncExchange<HttpResponse<Object>> {

  private static final int NO_GRPC_STATUS = -1;

  private final HttpRequest app;
  private final Sender sender;
  private final HttpResponse.BodyHandler<Object> handler;
  private final Originations rules;

  JavaHttpExchange(
      HttpRequest app,
      Sender sender,
      HttpResponse.BodyHandler<Object> handler,
      Originations rules) {
    this.app = app;
    this.sender = sender;
    this.handler = handler;
    this.rules = rules;
  }

  @Override
  public CompletableFuture<HttpResponse<Object>> send(Attempt attempt, HeadVerdict verdict) {
    for (MirrorCopy mirror : attempt.mirrors()) {
      String shadow = shadow(authority(attempt));
      CompletableFuture<HttpResponse<Object>> unused =
          send(attempt, shadow, mirror.cluster(), mirror.endpoint(), head -> discarding());
    }
    return send(
        attempt, authority(attempt), attempt.cluster(), attempt.endpoint(), judged(verdict));
  }

  private String authority(Attempt attempt) {
    return attempt.authority() == null ? app.uri().getAuthority() : attempt.authority();
  }

  private CompletableFuture<HttpResponse<Object>> send(
      Attempt attempt,
      String authority,
      Cluster cluster,
      @Nullable Endpoint endpoint,
      HttpResponse.BodyHandler<Object> toApp) {
    try {
      Origination tls = rules.of(cluster);
      if (tls == null) {
        InetSocketAddress address =
            endpoint == null ? null : new InetSocketAddress(endpoint.address(), endpoint.port());
        return sender.send(request(attempt, "http://" + authority, address), toApp);
      }
      URI named = URI.create("https://" + authority);
      InetSocketAddress address = named(tls.serverName(named.getHost()), endpoint);
      return sender.send(request(attempt, named.toString(), address), toApp, tls);
    } catch (IOException e) { // nothing was sent
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The endpoint's address under the name that the server must prove: the client takes both from
   * it.
   */
  private InetSocketAddress named(String serverName, @Nullable Endpoint endpoint)
      throws UnknownHostException {
    InetAddress address =
        InetAddress.getByName(endpoint == null ? app.uri().getHost() : endpoint.address());
    int port = endpoint == null ? new AppRequest(app).port() : endpoint.port();
    return new InetSocketAddress(InetAddress.getByAddress(serverName, address.getAddress()), port);
  }

  /** Envoy: the host of a mirrored request gets the suffix -shadow. */
  private static String shadow(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0
        ? authority + "-shadow"
        : authority.substring(0, colon) + "-shadow" + authority.substring(colon);
  }

  private AttemptRequest request(
      Attempt attempt, String origin, @Nullable InetSocketAddress address) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(app.headers().map());
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    return new AttemptRequest(
        app,
        URI.create(origin + attempt.path()),
        HttpHeaders.of(headers, (name, value) -> true),
        address);
  }

  private HttpResponse.BodyHandler<Object> judged(HeadVerdict verdict) {
    return head -> {
      int grpc =
          head.headers().firstValue("grpc-status").map(Integer::valueOf).orElse(NO_GRPC_STATUS);
      return verdict.isForApp(head.statusCode(), grpc) ? handler.apply(head) : discarding();
    };
  }

  private static HttpResponse.BodySubscriber<Object> discarding() {
    return HttpResponse.BodySubscribers.replacing(null);
  }

  @Override
  public Outcome outcome(Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException
        || failure instanceof ConnectException
        || failure instanceof SSLHandshakeException) {
      return Outcome.CONNECT_FAILED;
    }
    return failure instanceof HttpTimeoutException ? Outcome.TIMED_OUT : Outcome.RESET;
  }

  @Override
  public HttpResponse<Object> deliver(HttpResponse<Object> response, List<HeaderChange> changes) {
    HttpHeaders headers = response.headers();
    if (!changes.isEmpty()) {
      Map<String, List<String>> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      changed.putAll(headers.map());
      HeaderChanges.apply(changes, changed);
      headers = HttpHeaders.of(changed, (name, value) -> true);
    }
    return new AppResponse<>(app, response.statusCode(), headers, response.body(), response);
  }

  @Override
  public CompletableFuture<HttpResponse<Object>> reply(LocalReply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    HttpHeaders headers = HttpHeaders.of(replyHeaders(reply, body), (name, value) -> true);
    HttpResponse.BodySubscriber<Object> subscriber =
        handler.apply(new ReplyHead(reply.status(), headers));
    // The body goes through the app's own handler, so that its type is what the app asked for.
    try (SubmissionPublisher<List<ByteBuffer>> publisher =
        new SubmissionPublisher<>(Runnable::run, 1)) {
      publisher.subscribe(subscriber);
      if (body.length > 0) {
        publisher.submit(List.of(ByteBuffer.wrap(body)));
      }
    }
    return subscriber
        .getBody()
        .toCompletableFuture()
        .thenApply(value -> new AppResponse<>(app, reply.status(), headers, value, null));
  }

  private static Map<String, List<String>> replyHeaders(LocalReply reply, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("content-type", List.of("text/plain; charset=utf-8"));
    headers.put("content-length", List.of(Integer.toString(body.length)));
    headers.put(LocalReply.REASON_HEADER, List.of(reply.reason()));
    reply.headers().forEach((name, value) -> headers.put(name, new ArrayList<>(List.of(value))));
    return headers;
  }

  private static final class ReplyHead implements HttpResponse.ResponseInfo {
    private final int status;
    private final HttpHeaders headers;

    ReplyHead(int status, HttpHeaders headers) {
      this.status = status;
      this.headers = headers;
    }

    @Override
    public int statusCode() {
      return status;
    }

    @Override
    public HttpHeaders headers() {
      return headers;
    }

    @Override
    public java.net.http.HttpClient.Version version() {
      return java.net.http.HttpClient.Version.HTTP_1_1;
    }
  }
}
