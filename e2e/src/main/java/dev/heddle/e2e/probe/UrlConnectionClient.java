package dev.heddle.e2e.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The client that every JDK has. */
final class UrlConnectionClient implements Client {

  private final @Nullable CookieHandler cookies;
  private final @Nullable Proxy proxy;

  UrlConnectionClient(boolean browsing, @Nullable InetSocketAddress proxy) {
    cookies = browsing ? new CookieManager() : null;
    this.proxy = proxy == null ? null : new Proxy(Proxy.Type.HTTP, proxy);
  }

  @Override
  public Answer call(Ask ask) throws IOException {
    CookieHandler.setDefault(cookies); // read where a connection is made
    URL url = new URL(ask.url());
    HttpURLConnection connection =
        (HttpURLConnection) (proxy == null ? url.openConnection() : url.openConnection(proxy));
    connection.setInstanceFollowRedirects(ask.options().browsing());
    connection.setRequestMethod(ask.method());
    connection.setReadTimeout(ask.options().timeoutMillis());
    ask.headers().forEach(connection::setRequestProperty);
    if (ask.body() != null) {
      connection.setDoOutput(true);
      if (ask.options().streamed()) {
        connection.setChunkedStreamingMode(0);
      }
      try (OutputStream out = connection.getOutputStream()) {
        out.write(ask.body().getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    return new Answer(
        status,
        headers(connection),
        body(connection),
        connection.getURL().toString(),
        Thread.currentThread().getName(),
        null,
        0);
  }

  private static Map<String, List<String>> headers(HttpURLConnection connection) {
    Map<String, List<String>> headers = new TreeMap<>();
    connection
        .getHeaderFields()
        .forEach(
            (name, values) -> {
              if (name != null) { // the status line
                headers.put(name.toLowerCase(Locale.ROOT), values);
              }
            });
    return headers;
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() >= 400
            ? connection.getErrorStream()
            : connection.getInputStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
