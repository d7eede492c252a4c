package dev.heddle.e2e.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, async. */
final class ApacheAsyncClient implements Client {

  private static final int CONNECTIONS = 64;

  private final Canceller canceller = new Canceller();
  private final CloseableHttpAsyncClient client;

  private ApacheAsyncClient(CloseableHttpAsyncClient client) {
    this.client = client;
    client.start();
  }

  static ApacheAsyncClient whole(boolean browsing, @Nullable InetSocketAddress proxy) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setMaxConnTotal(CONNECTIONS)
                    .build());
    if (!browsing) {
      builder.disableRedirectHandling().disableCookieManagement();
    }
    if (proxy != null) {
      builder.setProxy(new HttpHost(proxy.getAddress(), proxy.getPort()));
    }
    return new ApacheAsyncClient(builder.build());
  }

  /** The client without redirects, cookies and retries. */
  static ApacheAsyncClient minimal() {
    return new ApacheAsyncClient(HttpAsyncClients.createMinimal());
  }

  @Override
  public Answer call(Ask ask) throws Exception {
    SimpleHttpRequest request = SimpleHttpRequest.create(ask.method(), URI.create(ask.url()));
    ask.headers().forEach(request::setHeader);
    if (ask.options().timeoutMillis() > 0) {
      request.setConfig(
          RequestConfig.custom()
              .setResponseTimeout(Timeout.ofMilliseconds(ask.options().timeoutMillis()))
              .build());
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Future<SimpleHttpResponse> call =
        client.execute(
            new BasicRequestProducer(request, body(ask)),
            SimpleResponseConsumer.create(),
            new Callback(ask, answer));
    canceller.plan(ask, () -> call.cancel(true));
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  /** What an app hangs on to a call. */
  private record Callback(Ask ask, CompletableFuture<Answer> answer)
      implements FutureCallback<SimpleHttpResponse> {

    @Override
    public void completed(SimpleHttpResponse response) {
      answer.complete(ApacheAsyncClient.answer(ask, response));
    }

    @Override
    public void failed(Exception failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void cancelled() {
      answer.completeExceptionally(new CancellationException());
    }
  }

  private static @Nullable AsyncEntityProducer body(Ask ask) {
    if (ask.body() == null) {
      return null;
    }
    boolean once = ask.options().streamed();
    return new StringAsyncEntityProducer(ask.body(), ContentType.TEXT_PLAIN) {
      @Override
      public boolean isRepeatable() {
        return !once;
      }
    };
  }

  private static Answer answer(Ask ask, SimpleHttpResponse response) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    String body = response.getBodyText() == null ? "" : response.getBodyText();
    String thread = Thread.currentThread().getName();
    return new Answer(response.getCode(), headers, body, ask.url(), thread, null, 0);
  }
}
