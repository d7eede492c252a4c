package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.policy.route.CallRequest;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class ConnectionRequest implements CallRequest {

  private static final int HTTP_PORT = 80;

  private final HttpURLConnection connection;
  private final Map<String, List<String>> headers;

  ConnectionRequest(HttpURLConnection connection, Map<String, List<String>> headers) {
    this.connection = connection;
    this.headers = headers;
  }

  static String host(URL url) {
    return url.getHost().toLowerCase(Locale.ROOT);
  }

  static int port(URL url) {
    return url.getPort() < 0 ? HTTP_PORT : url.getPort();
  }

  @Override
  public String method() {
    return connection.getRequestMethod();
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    String host = header("host");
    return host == null ? connection.getURL().getAuthority() : host;
  }

  @Override
  public String path() {
    String file = connection.getURL().getFile();
    return file.startsWith("/") ? file : "/" + file;
  }

  @Override
  public int port() {
    return port(connection.getURL());
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey() != null && header.getKey().equalsIgnoreCase(lowerCaseName)) {
        return header.getValue().isEmpty() ? null : header.getValue().get(0);
      }
    }
    return null;
  }
}
