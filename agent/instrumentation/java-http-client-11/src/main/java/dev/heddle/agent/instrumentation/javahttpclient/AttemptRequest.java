package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of ours: the hook lets it pass. */
final class AttemptRequest extends HttpRequest {

  private static final Optional<HttpClient.Version> HTTP_1_1 =
      Optional.of(HttpClient.Version.HTTP_1_1);

  private final HttpRequest app;
  private final URI uri;
  private final HttpHeaders headers;
  private final @Nullable Duration timeout;
  private final @Nullable EndpointProxy endpoint;

  private AttemptRequest(
      HttpRequest app,
      URI uri,
      HttpHeaders headers,
      @Nullable Duration timeout,
      @Nullable EndpointProxy endpoint) {
    this.app = app;
    this.uri = uri;
    this.headers = headers;
    this.timeout = timeout;
    this.endpoint = endpoint;
  }

  /** The app's request, to a host that is not managed. */
  static AttemptRequest unmanaged(HttpRequest app) {
    return new AttemptRequest(app, app.uri(), app.headers(), app.timeout().orElse(null), null);
  }

  /**
   * The app's request as one attempt sends it. The app's own timeout is not the attempt's but the
   * call's.
   */
  static AttemptRequest managed(
      HttpRequest app,
      URI uri,
      HttpHeaders headers,
      @Nullable Duration timeout,
      EndpointProxy endpoint) {
    return new AttemptRequest(app, uri, headers, timeout, endpoint);
  }

  /** Where it goes; null: to a host that is not managed. */
  @Nullable EndpointProxy endpoint() {
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
    boolean appsOwn = endpoint == null || "https".equalsIgnoreCase(app.uri().getScheme());
    return appsOwn ? app.version() : HTTP_1_1;
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
