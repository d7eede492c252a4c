package dev.heddle.e2e.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** java.net.http, blocking or by futures. */
final class JavaHttpClient implements Client {

  private final HttpClient client;
  private final boolean async;

  JavaHttpClient(boolean async, boolean followRedirects) {
    this.async = async;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(
                followRedirects ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Answer call(Ask ask) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ask.url()));
    request.method(ask.method(), body(ask.body()));
    ask.headers().forEach(request::header);
    if (ask.timeoutMillis() > 0) {
      request.timeout(Duration.ofMillis(ask.timeoutMillis()));
    }
    HttpResponse<String> response = send(request.build());
    return new Answer(
        response.statusCode(),
        response.headers().map(),
        response.body(),
        response.uri().toString(),
        null,
        0);
  }

  private static HttpRequest.BodyPublisher body(@Nullable String body) {
    return body == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    if (!async) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    try {
      return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }
}
