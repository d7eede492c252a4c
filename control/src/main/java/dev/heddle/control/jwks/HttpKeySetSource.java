package dev.heddle.control.jwks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fetches key sets over HTTP, trusting the JVM's roots. */
public final class HttpKeySetSource implements KeySetSource, AutoCloseable {

  /** A connection that is not made until then is none, whatever a rule's timeout. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  @Override
  public String fetch(String url, Duration timeout) throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(timeout)
              .header("accept", "application/jwk-set+json, application/json")
              .build();
    } catch (IllegalArgumentException e) {
      throw new IOException("no URL that can be fetched: " + e.getMessage(), e);
    }
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK) {
        throw new IOException("status " + response.statusCode() + " (expected: " + OK + ")");
      }
      byte[] bytes = body.readNBytes(KeySetReader.MAX_CHARS + 1);
      if (bytes.length > KeySetReader.MAX_CHARS) {
        throw new IOException(
            "more than " + KeySetReader.MAX_CHARS + " bytes, which no key set needs");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
