package dev.heddle.agent.instrumentation.javahttpclient;

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
  private final long connectNanos;
  private final @Nullable InetSocketAddress endpoint;

  private AttemptRequest(
      HttpRequest app,
      URI uri,
      HttpHeaders headers,
      @Nullable Duration timeout,
      boolean managed,
      long connectNanos,
      @Nullable InetSocketAddress endpoint) {
    this.app = app;
    this.uri = uri;
    this.headers = headers;
    this.timeout = timeout;
    this.managed = managed;
    this.connectNanos = connectNanos;
    this.endpoint = endpoint;
  }

  /** The app's request, to a host that is not managed. */
  static AttemptRequest unmanaged(HttpRequest app) {
    return new AttemptRequest(
        app, app.uri(), app.headers(), app.timeout().orElse(null), false, 0, null);
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
      long connectNanos,
      @Nullable InetSocketAddress endpoint) {
    return new AttemptRequest(app, uri, headers, timeout, true, connectNanos, endpoint);
  }

  /** Whether its redirects are calls of their own. */
  boolean isManaged() {
    return managed;
  }

  /** How long it may take to connect, null for no limit. */
  @Nullable Duration connectLimit() {
    return connectNanos > 0 ? Duration.ofNanos(connectNanos) : null;
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
    boolean appsOwn = !managed || "https".equalsIgnoreCase(app.uri().getScheme());
    return appsOwn ? app.version() : Optional.of(HttpClient.Version.HTTP_1_1);
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
