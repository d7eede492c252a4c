package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The app's request as one attempt sends it. */
final class AttemptRequest extends HttpRequest {

  private final HttpRequest app;
  private final URI uri;
  private final HttpHeaders headers;
  private final @Nullable InetSocketAddress endpoint;

  AttemptRequest(
      HttpRequest app, URI uri, HttpHeaders headers, @Nullable InetSocketAddress endpoint) {
    this.app = app;
    this.uri = uri;
    this.headers = headers;
    this.endpoint = endpoint;
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
    return app.timeout();
  }

  @Override
  public boolean expectContinue() {
    return app.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return app.version();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
