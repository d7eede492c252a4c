package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.policy.route.CallRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the app's connection sends: at first, or behind a redirect that it follows. */
final class Hop implements CallRequest {

  private static final int HTTP_PORT = 80;
  private static final int TEMPORARY_REDIRECT = 307;

  private final URL url;
  private final String method;
  private final ConnectionFields fields;
  private final boolean first;
  private @Nullable Map<String, List<String>> headers;
  private final @Nullable ByteArrayOutputStream body;

  /** headers null: those of the app's connection. */
  private Hop(
      URL url,
      String method,
      ConnectionFields fields,
      @Nullable Map<String, List<String>> headers,
      @Nullable ByteArrayOutputStream body) {
    this.url = url;
    this.method = method;
    this.fields = fields;
    this.first = headers == null;
    this.headers = headers;
    this.body = body;
  }

  static Hop first(HttpURLConnection app, ConnectionFields fields) {
    Object body = fields.get("poster");
    return new Hop(
        app.getURL(),
        app.getRequestMethod(),
        fields,
        null,
        body instanceof ByteArrayOutputStream ? (ByteArrayOutputStream) body : null);
  }

  /** As the JDK follows a redirect: a POST becomes a GET, and secrets stay with their host. */
  Hop to(URL location, int status) {
    boolean becomesGet =
        method.equals("POST")
            && status != TEMPORARY_REDIRECT
            && !Boolean.getBoolean("http.strictPostRedirect");
    Map<String, List<String>> kept = new LinkedHashMap<>(headers());
    boolean sameHost = host(url).equals(host(location)) && port(url) == port(location);
    kept.keySet()
        .removeIf(
            name ->
                name == null
                    || name.equalsIgnoreCase("host")
                    || (!sameHost && isSecret(name))
                    || (becomesGet && name.toLowerCase(Locale.ROOT).startsWith("content-")));
    return becomesGet
        ? new Hop(location, "GET", fields, kept, null)
        : new Hop(location, method, fields, kept, body);
  }

  private static boolean isSecret(String name) {
    return name.equalsIgnoreCase("cookie")
        || name.equalsIgnoreCase("cookie2")
        || name.equalsIgnoreCase("authorization");
  }

  static String host(URL url) {
    return url.getHost().toLowerCase(Locale.ROOT);
  }

  static int port(URL url) {
    return url.getPort() < 0 ? HTTP_PORT : url.getPort();
  }

  URL url() {
    return url;
  }

  /** Whether it is what the app's connection itself would send, before any redirect. */
  boolean isFirst() {
    return first;
  }

  /** Copied once they are needed, which for most calls is never. */
  Map<String, List<String>> headers() {
    if (headers == null) {
      headers = fields.userHeaders();
    }
    return headers;
  }

  @Nullable ByteArrayOutputStream body() {
    return body;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    String host = ownHeader("host");
    return host == null ? url.getAuthority() : host;
  }

  @Override
  public String path() {
    String file = url.getFile();
    return file.startsWith("/") ? file : "/" + file;
  }

  @Override
  public int port() {
    return port(url);
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    String own = ownHeader(lowerCaseName);
    return own == null && lowerCaseName.equals("cookie") ? cookies() : own;
  }

  /** What the app's cookie handler will add. */
  private @Nullable String cookies() {
    CookieHandler handler = CookieHandler.getDefault();
    if (handler == null) {
      return null;
    }
    try {
      List<String> cookies = handler.get(url.toURI(), headers()).get("Cookie");
      return cookies == null || cookies.isEmpty() ? null : String.join("; ", cookies);
    } catch (IOException | URISyntaxException e) {
      return null; // nor will the connection send any
    }
  }

  /** The connection has read the cookies of the response already, as it came. */
  void keepCookies(List<String> given) {
    CookieHandler handler = CookieHandler.getDefault();
    if (handler != null && !given.isEmpty()) {
      try {
        handler.put(url.toURI(), Collections.singletonMap("Set-Cookie", given));
      } catch (IOException | URISyntaxException e) {
        // a jar that takes no cookies; the app has them in the response
      }
    }
  }

  private @Nullable String ownHeader(String lowerCaseName) {
    if (headers == null && !fields.hasUserHeader(lowerCaseName)) {
      return null;
    }
    for (Map.Entry<String, List<String>> header : headers().entrySet()) {
      if (header.getKey() != null && header.getKey().equalsIgnoreCase(lowerCaseName)) {
        return header.getValue().isEmpty() ? null : String.join(",", header.getValue());
      }
    }
    return null;
  }
}
