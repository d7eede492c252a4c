package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class AppRequest implements CallRequest {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final HttpRequest request;
  private final HttpClient client;
  private final String path;

  AppRequest(HttpRequest request, HttpClient client) {
    this.request = request;
    this.client = client;
    this.path = path(request.uri());
  }

  /** The whole of it. */
  HttpRequest request() {
    return request;
  }

  /** Path and query as they go out. */
  static String path(URI uri) {
    String raw = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? raw : raw + '?' + uri.getRawQuery();
  }

  /** Whether it is a request to a host by HTTP, which the app may encrypt. */
  static boolean isHttp(HttpRequest request) {
    URI uri = request.uri();
    return uri != null
        && uri.getHost() != null
        && ("http".equalsIgnoreCase(uri.getScheme()) || isEncrypted(uri));
  }

  private static boolean isEncrypted(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether the app itself encrypts it: then it is sent to an endpoint as it is. */
  boolean isEncrypted() {
    return isEncrypted(request.uri());
  }

  /** The router, if it can decide on this request; null: the call goes its own way. */
  @Nullable HostRouter decidedBy(@Nullable HostRouter host) {
    return host != null && isEncrypted() && !host.forwardsUnread() ? null : host;
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
    return isEncrypted() ? "https" : "http";
  }

  @Override
  public String authority() {
    List<String> hosts = request.headers().allValues("host"); // firstValue makes a stream
    return hosts.isEmpty() ? request.uri().getAuthority() : hosts.get(0);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int port() {
    int port = request.uri().getPort();
    int usual = isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    return port < 0 ? usual : port;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    List<String> values = request.headers().allValues(lowerCaseName);
    if (lowerCaseName.equals("cookie")) {
      return cookies(values);
    }
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** The app's, and those that its client will add. */
  private @Nullable String cookies(List<String> values) {
    List<String> all = new ArrayList<>(values);
    CookieHandler handler = client.cookieHandler().orElse(null);
    if (handler != null) {
      try {
        all.addAll(
            handler.get(request.uri(), request.headers().map()).getOrDefault("Cookie", List.of()));
      } catch (IOException e) {
        // the call itself will say so
      }
    }
    return all.isEmpty() ? null : String.join("; ", all);
  }
}
