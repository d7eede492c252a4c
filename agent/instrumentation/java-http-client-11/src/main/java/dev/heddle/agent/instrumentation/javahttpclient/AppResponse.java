package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response as the app expects it: to its own request, from the URI that it called. */
final class AppResponse<T> implements HttpResponse<T> {

  private final HttpRequest request;
  private final int status;
  private final HttpHeaders headers;
  private final T body;
  private final @Nullable HttpResponse<T> received;
  private final @Nullable HttpResponse<T> previous;

  /** received null: the mesh's own; previous: the redirect that led here. */
  AppResponse(
      HttpRequest request,
      int status,
      HttpHeaders headers,
      T body,
      @Nullable HttpResponse<T> received,
      @Nullable HttpResponse<T> previous) {
    this.request = request;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.received = received;
    this.previous = previous;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.ofNullable(previous);
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public T body() {
    return body;
  }

  /** TLS that a rule began is none of the app's. */
  @Override
  public Optional<SSLSession> sslSession() {
    boolean https = "https".equalsIgnoreCase(request.uri().getScheme());
    return received == null || !https ? Optional.empty() : received.sslSession();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public HttpClient.Version version() {
    return received == null ? HttpClient.Version.HTTP_1_1 : received.version();
  }
}
