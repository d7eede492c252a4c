package dev.heddle.e2e.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The client that every JDK has. */
final class UrlConnectionClient implements Client {

  private final boolean followRedirects;

  UrlConnectionClient(boolean followRedirects) {
    this.followRedirects = followRedirects;
  }

  @Override
  public Answer call(Ask ask) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(ask.url()).openConnection();
    connection.setInstanceFollowRedirects(followRedirects);
    connection.setRequestMethod(ask.method());
    connection.setReadTimeout(ask.timeoutMillis());
    ask.headers().forEach(connection::setRequestProperty);
    if (ask.body() != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(ask.body().getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    return new Answer(
        status, headers(connection), body(connection), connection.getURL().toString(), null, 0);
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
