package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.limit.ConnectionPool;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of ours: the hook lets it pass. */
final class AttemptRequest extends HttpRequest {

  private final HttpRequest app;
  private final URI uri;
  private final HttpHeaders headers;
  private final @Nullable Duration timeout;
  private final boolean managed;
  private final ConnectionPool limits;
  private final @Nullable InetSocketAddress endpoint;

  private AttemptRequest(
      HttpRequest app,
      URI uri,
      HttpHeaders headers,
      @Nullable Duration timeout,
      boolean managed,
      ConnectionPool limits,
      @Nullable InetSocketAddress endpoint) {
    this.app = app;
    this.uri = uri;
    this.headers = headers;
    this.timeout = timeout;
    this.managed = managed;
    this.limits = limits;
    this.endpoint = endpoint;
  }

  /** The app's request, to a host that is not managed. */
  static AttemptRequest unmanaged(HttpRequest app) {
    return new AttemptRequest(
        app,
        app.uri(),
        app.headers(),
        app.timeout().orElse(null),
        false,
        ConnectionPool.UNLIMITED,
        null);
  }

  /**
   * The app's request as one attempt sends it. The app's own timeout is not the attempt's but the
   * call's; endpoint null: the address that the app itself would have used.
   */
  static AttemptRequest managed(
      HttpRequest app,
      URI uri,
      HttpHeaders headers,
      @Nullable Duration timeout,
      ConnectionPool limits,
      @Nullable InetSocketAddress endpoint) {
    return new AttemptRequest(app, uri, headers, timeout, true, limits, endpoint);
  }

  /** Whether its redirects are calls of their own. */
  boolean isManaged() {
    return managed;
  }

  /** How long it may take to connect, null for no limit. */
  @Nullable Duration connectLimit() {
    long nanos = limits.connectTimeoutNanos();
    return nanos > 0 ? Duration.ofNanos(nanos) : null;
  }

  /** What its cluster asks of connections; those that the app encrypts are the app's own. */
  @Nullable ConnectionPool limits() {
    return isAppsOwn() ? null : limits;
  }

  @Nullable InetSocketAddress endpoint() {
    return endpoint;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return app.bodyPublisher();
  }

  @Override
  public String method() {
    return app.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  @Override
  public boolean expectContinue() {
    return app.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  /**
   * HTTP/1.1 where a rule routes, as a sidecar speaks it: the client pools HTTP/2 connections by
   * the host of the URI, so that the second call would go where the first one went.
   */
  @Override
  public Optional<HttpClient.Version> version() {
    return isAppsOwn() ? app.version() : Optional.of(HttpClient.Version.HTTP_1_1);
  }

  private boolean isAppsOwn() {
    return !managed || "https".equalsIgnoreCase(app.uri().getScheme());
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
