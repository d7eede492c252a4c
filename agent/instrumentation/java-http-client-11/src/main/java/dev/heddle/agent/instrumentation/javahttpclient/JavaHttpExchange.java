package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.AsyncExchange;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
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
import org.jspecify.annotations.Nullable;

/** One call of java.net.http. */
final class JavaHttpExchange implements AsyncExchange<HttpResponse<Object>> {

  private static final int NO_GRPC_STATUS = -1;

  private final HttpRequest app;
  private final Sender sender;
  private final HttpResponse.BodyHandler<Object> handler;

  JavaHttpExchange(HttpRequest app, Sender sender, HttpResponse.BodyHandler<Object> handler) {
    this.app = app;
    this.sender = sender;
    this.handler = handler;
  }

  @Override
  public CompletableFuture<HttpResponse<Object>> send(Attempt attempt, HeadVerdict verdict) {
    for (MirrorCopy mirror : attempt.mirrors()) {
      mirror(attempt, mirror);
    }
    String authority = attempt.authority() == null ? null : attempt.authority();
    return sender.send(request(attempt, authority, attempt.endpoint()), judged(verdict));
  }

  private void mirror(Attempt attempt, MirrorCopy mirror) {
    String authority = attempt.authority() == null ? app.uri().getAuthority() : attempt.authority();
    CompletableFuture<HttpResponse<Object>> unused =
        sender.send(request(attempt, shadow(authority), mirror.endpoint()), head -> discarding());
  }

  /** Envoy: the host of a mirrored request gets the suffix -shadow. */
  private static String shadow(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0
        ? authority + "-shadow"
        : authority.substring(0, colon) + "-shadow" + authority.substring(colon);
  }

  private AttemptRequest request(
      Attempt attempt, @Nullable String authority, @Nullable Endpoint endpoint) {
    String host = authority == null ? app.uri().getAuthority() : authority;
    URI uri = URI.create("http://" + host + attempt.path());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(app.headers().map());
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    InetSocketAddress address =
        endpoint == null ? null : new InetSocketAddress(endpoint.address(), endpoint.port());
    return new AttemptRequest(app, uri, HttpHeaders.of(headers, (name, value) -> true), address);
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
    if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
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
