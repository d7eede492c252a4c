package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** The app's request after a redirect. */
final class RedirectedRequest extends HttpRequest {

  private final HttpRequest before;
  private final URI uri;
  private final String method;
  private final HttpHeaders headers;
  private final boolean withBody;

  RedirectedRequest(
      HttpRequest before, URI uri, String method, HttpHeaders headers, boolean withBody) {
    this.before = before;
    this.uri = uri;
    this.method = method;
    this.headers = headers;
    this.withBody = withBody;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return withBody ? before.bodyPublisher() : Optional.empty();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<Duration> timeout() {
    return before.timeout();
  }

  @Override
  public boolean expectContinue() {
    return before.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return before.version();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
