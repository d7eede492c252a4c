package dev.heddle.e2e.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** java.net.http, blocking or by futures. */
final class JavaHttpClient implements Client {

  private final Canceller canceller = new Canceller();
  private final HttpClient client;
  private final boolean async;

  JavaHttpClient(boolean async, boolean browsing, @Nullable InetSocketAddress proxy) {
    this.async = async;
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (browsing) {
      builder.followRedirects(HttpClient.Redirect.NORMAL).cookieHandler(new CookieManager());
    }
    if (proxy != null) {
      builder.proxy(ProxySelector.of(proxy));
    }
    client = builder.build();
  }

  @Override
  public Answer call(Ask ask) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ask.url()));
    request.method(ask.method(), body(ask));
    ask.headers().forEach(request::header);
    if (ask.options().timeoutMillis() > 0) {
      request.timeout(Duration.ofMillis(ask.options().timeoutMillis()));
    }
    return async ? callAsync(ask, request.build()) : callAndWait(ask, request.build());
  }

  private Answer callAndWait(Ask ask, HttpRequest request)
      throws IOException, InterruptedException {
    canceller.plan(ask, Thread.currentThread()::interrupt);
    return answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private Answer callAsync(Ask ask, HttpRequest request) throws Exception {
    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    canceller.plan(ask, () -> future.cancel(true));
    try {
      return future.thenApply(JavaHttpClient::answer).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().map(),
        response.body(),
        response.uri().toString(),
        Thread.currentThread().getName(),
        null,
        0);
  }

  private static HttpRequest.BodyPublisher body(Ask ask) {
    if (ask.body() == null) {
      return HttpRequest.BodyPublishers.noBody();
    }
    if (!ask.options().streamed()) {
      return HttpRequest.BodyPublishers.ofString(ask.body());
    }
    InputStream once = new ByteArrayInputStream(ask.body().getBytes(StandardCharsets.UTF_8));
    return HttpRequest.BodyPublishers.ofInputStream(() -> once);
  }
}
