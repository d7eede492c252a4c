package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.AsyncExchange;
import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.HeaderChanges;
import dev.heddle.agent.core.call.Mirrors;
import dev.heddle.agent.core.call.PerEndpoint;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One call of java.net.http: one hop of what the app has sent. */
final class JavaHttpExchange implements AsyncExchange<HttpResponse<Object>> {

  private static final int NO_GRPC_STATUS = -1;

  private static final int OK = 200;

  private final HttpRequest app;
  private final AppRequest head;
  private final Sender sender;
  private final HttpResponse.BodyHandler<Object> handler;
  private final Redirects redirects;
  private final @Nullable HttpResponse<Object> previous;
  private final CallPipeline pipeline;
  private volatile @Nullable HttpRequest next;
  private volatile @Nullable HttpHeaders headersForApp;
  private volatile boolean connectLimited;

  JavaHttpExchange(
      AppRequest head,
      Sender sender,
      HttpResponse.BodyHandler<Object> handler,
      Redirects redirects,
      @Nullable HttpResponse<Object> previous,
      CallPipeline pipeline) {
    this.app = head.request();
    this.head = head;
    this.sender = sender;
    this.handler = handler;
    this.redirects = redirects;
    this.previous = previous;
    this.pipeline = pipeline;
  }

  /** Where the response, once it is here, sends the client next; null: it is the app's. */
  @Nullable HttpRequest next() {
    return next;
  }

  @Override
  public CompletableFuture<HttpResponse<Object>> send(Attempt attempt, AttemptListener listener) {
    listener.sent(); // the app's timeout is one for sending and waiting
    return send(
        attempt,
        authority(attempt),
        attempt.cluster(),
        attempt.endpoint(),
        null,
        new Judge(listener));
  }

  @Override
  public HttpResponse<Object> forApp(HttpResponse<Object> received) {
    HttpHeaders headers = headersForApp;
    return new AppResponse<>(
        app,
        received.statusCode(),
        headers == null ? received.headers() : headers,
        received.body(),
        received,
        previous);
  }

  @Override
  public CompletableFuture<?> mirror(Attempt attempt, MirrorCopy copy) {
    return send(
        attempt,
        Mirrors.authority(authority(attempt)),
        copy.cluster(),
        copy.endpoint(),
        Duration.ofMillis(Mirrors.TIMEOUT_MILLIS),
        head -> discarding());
  }

  private String authority(Attempt attempt) {
    return attempt.authority() == null ? app.uri().getAuthority() : attempt.authority();
  }

  private CompletableFuture<HttpResponse<Object>> send(
      Attempt attempt,
      String authority,
      Cluster cluster,
      @Nullable Endpoint endpoint,
      @Nullable Duration timeout,
      HttpResponse.BodyHandler<Object> toApp) {
    try {
      if (head.isEncrypted()) {
        EndpointProxy to =
            to(cluster, endpoint == null ? null : named(app.uri().getHost(), endpoint));
        return sender.send(request(attempt, "https", authority, timeout, to), toApp);
      }
      Origination tls = pipeline.tls().of(cluster);
      if (tls == null) {
        return sender.send(
            request(attempt, "http", authority, timeout, plain(cluster, endpoint)), toApp);
      }
      String host = URI.create("https://" + authority).getHost();
      EndpointProxy to = to(cluster, named(tls.serverName(host), endpoint));
      return sender.send(
          request(attempt, "https", authority, timeout, to),
          toApp,
          keeps().tls().of(sender.client(), tls));
    } catch (IOException e) { // nothing was sent
      return CompletableFuture.failedFuture(e);
    }
  }

  private EndpointProxy plain(Cluster cluster, @Nullable Endpoint endpoint) {
    if (endpoint == null) {
      return to(cluster, null);
    }
    PerEndpoint<EndpointProxy> endpoints = keeps().endpoints();
    EndpointProxy known = endpoints.get(endpoint);
    return known != null && known.isFor(cluster.connectionPool())
        ? known
        : endpoints.keep(
            endpoint, to(cluster, new InetSocketAddress(endpoint.address(), endpoint.port())));
  }

  private EndpointProxy to(Cluster cluster, @Nullable InetSocketAddress address) {
    return new EndpointProxy(address, cluster.connectionPool(), head.isEncrypted());
  }

  private ClientKeeps keeps() {
    return pipeline.kept(ClientKeeps.class, ClientKeeps::new);
  }

  /**
   * The endpoint's address under the name that the server must prove: the client takes both from
   * it.
   */
  private InetSocketAddress named(String serverName, @Nullable Endpoint endpoint)
      throws UnknownHostException {
    InetAddress address =
        InetAddress.getByName(endpoint == null ? app.uri().getHost() : endpoint.address());
    int port = endpoint == null ? head.port() : endpoint.port();
    return new InetSocketAddress(InetAddress.getByAddress(serverName, address.getAddress()), port);
  }

  private AttemptRequest request(
      Attempt attempt,
      String scheme,
      String authority,
      @Nullable Duration timeout,
      EndpointProxy endpoint) {
    connectLimited = limitsConnect(endpoint.pool());
    return AttemptRequest.managed(
        app, uri(scheme, authority, attempt.path()), headers(attempt), timeout, endpoint);
  }

  /** The app's own where nothing changed, which is nearly always: a URI is dear to parse. */
  private URI uri(String scheme, String authority, String path) {
    URI own = app.uri();
    boolean same =
        scheme.equals(own.getScheme())
            && authority.equals(own.getAuthority())
            && path.equals(head.path());
    return same ? own : URI.create(scheme + "://" + authority + path);
  }

  private HttpHeaders headers(Attempt attempt) {
    if (attempt.requestHeaders().isEmpty()) {
      return app.headers();
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(app.headers().map());
    HeaderChanges.apply(attempt.requestHeaders(), headers);
    return headersOf(headers);
  }

  private static HttpHeaders headersOf(Map<String, List<String>> headers) {
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static HttpResponse.BodySubscriber<Object> discarding() {
    return HttpResponse.BodySubscribers.replacing(null);
  }

  /** Asks about the head of an attempt's response, and makes of it what the app shall see. */
  private final class Judge implements HttpResponse.BodyHandler<Object> {
    private final AttemptListener listener;

    Judge(AttemptListener listener) {
      this.listener = listener;
    }

    @Override
    public HttpResponse.BodySubscriber<Object> apply(HttpResponse.ResponseInfo response) {
      List<HeaderChange> changes = judged(response);
      if (changes == null) {
        return discarding();
      }
      HttpHeaders headers = response.headers();
      if (!changes.isEmpty()) {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.putAll(headers.map());
        HeaderChanges.apply(changes, map);
        headers = headersOf(map);
        keepCookies(HeaderChanges.cookiesGiven(changes));
      }
      headersForApp = headers;
      next = redirects.next(app, response.statusCode(), headers);
      return next == null
          ? handler.apply(new ResponseHead(response.statusCode(), headers, response.version()))
          : discarding();
    }

    /** The client has read the cookies of the response already, as it came. */
    private void keepCookies(List<String> given) {
      CookieHandler jar = sender.client().cookieHandler().orElse(null);
      if (jar != null && !given.isEmpty()) {
        try {
          jar.put(app.uri(), Map.of("Set-Cookie", given));
        } catch (IOException e) {
          // a jar that takes no cookies; the app has them in the response
        }
      }
    }

    /** What the app encrypts no rule may look into: there, any response is one. */
    private @Nullable List<HeaderChange> judged(HttpResponse.ResponseInfo response) {
      return head.isEncrypted()
          ? listener.head(OK, NO_GRPC_STATUS)
          : listener.head(response.statusCode(), grpcStatus(response.headers()));
    }
  }

  private static int grpcStatus(HttpHeaders headers) {
    List<String> values = headers.allValues("grpc-status"); // firstValue makes a stream
    try {
      return values.isEmpty() ? NO_GRPC_STATUS : Integer.parseInt(values.get(0));
    } catch (NumberFormatException e) {
      return NO_GRPC_STATUS;
    }
  }

  @Override
  public Outcome outcome(Throwable failure) {
    boolean unconnected =
        failure instanceof ConnectException
            || isConnectLimit(failure)
            || failure instanceof UnresolvedAddressException
            || failure instanceof SSLHandshakeException;
    return unconnected ? Outcome.CONNECT_FAILED : Outcome.RESET;
  }

  /** Whether the cluster's limit is shorter than the app's. */
  private boolean limitsConnect(ConnectionPool limits) {
    long nanos = limits.connectTimeoutNanos();
    Duration app = sender.client().connectTimeout().orElse(null);
    long appNanos = app == null ? 0 : nanos(app);
    return nanos > 0 && (appNanos == 0 || nanos < appNanos);
  }

  private boolean isConnectLimit(Throwable failure) {
    return connectLimited && failure instanceof HttpConnectTimeoutException;
  }

  /** The client's connect timeout; the request's own is the call's. */
  @Override
  public boolean isAppTimeout(Throwable failure) {
    return failure instanceof HttpTimeoutException && !isConnectLimit(failure);
  }

  @Override
  public long responseTimeoutNanos() {
    Duration timeout = app.timeout().orElse(null);
    return timeout == null ? 0 : nanos(timeout);
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) { // 292 years
      return 0;
    }
  }

  @Override
  public Throwable responseTimeout() {
    return new HttpTimeoutException("request timed out");
  }

  @Override
  public CompletableFuture<HttpResponse<Object>> reply(LocalReply reply) {
    HttpHeaders headers = headersOf(Replies.headers(reply));
    next = redirects.next(app, reply.status(), headers);
    CompletableFuture<Object> body =
        next == null
            ? Replies.body(reply, headers, handler).toCompletableFuture()
            : CompletableFuture.completedFuture(null);
    return body.thenApply(
        value -> new AppResponse<>(app, reply.status(), headers, value, null, previous));
  }

  @Override
  public Executor executor() {
    return pipeline.callbacks();
  }
}
