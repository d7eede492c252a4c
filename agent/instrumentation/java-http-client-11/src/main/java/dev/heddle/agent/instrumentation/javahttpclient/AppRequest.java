package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.route.CallRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class AppRequest implements CallRequest {

  private static final int HTTP_PORT = 80;

  private final HttpRequest request;
  private final String path;

  AppRequest(HttpRequest request) {
    this.request = request;
    this.path = path(request.uri());
  }

  /** Path and query as they go out. */
  static String path(URI uri) {
    String raw = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? raw : raw + '?' + uri.getRawQuery();
  }

  /** Whether it is a plain HTTP request; the app's own TLS is left alone. */
  static boolean isPlain(HttpRequest request) {
    URI uri = request.uri();
    return uri != null && "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
  }

  String host() {
    return request.uri().getHost().toLowerCase(Locale.ROOT);
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return request.headers().firstValue("host").orElse(request.uri().getAuthority());
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int port() {
    int port = request.uri().getPort();
    return port < 0 ? HTTP_PORT : port;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    List<String> values = request.headers().allValues(lowerCaseName);
    return values.isEmpty() ? null : String.join(",", values);
  }
}
