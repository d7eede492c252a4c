package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Decides whether a send is managed, and begins the call. */
final class ManagedSend {

  private ManagedSend() {}

  /** The app's future, or null: the call goes its own way. */
  @SuppressWarnings("unchecked") // the types of sendAsync, which erasure hides
  static @Nullable CompletableFuture<HttpResponse<Object>> begin(
      Object client, Object request, Object handler, Object pushHandler, Object executor) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null
        || !(request instanceof HttpRequest)
        || request instanceof AttemptRequest
        || !AppRequest.isPlain((HttpRequest) request)
        || usesProxy((HttpClient) client, (HttpRequest) request)) {
      return null;
    }
    HttpRequest app = (HttpRequest) request;
    AppRequest head = new AppRequest(app);
    Sender sender = new Sender((HttpClient) client, pushHandler, (Executor) executor);
    var bodyHandler = (HttpResponse.BodyHandler<Object>) handler;
    CompletableFuture<HostRouter> known = pipeline.find(head.host(), head.port());
    if (known.isDone()) {
      HostRouter host = known.join();
      return host == null ? null : run(pipeline, host, app, head, sender, bodyHandler);
    }
    return later(pipeline, known, app, head, sender, bodyHandler);
  }

  private static CompletableFuture<HttpResponse<Object>> later(
      CallPipeline pipeline,
      CompletableFuture<HostRouter> known,
      HttpRequest app,
      AppRequest head,
      Sender sender,
      HttpResponse.BodyHandler<Object> handler) {
    CompletableFuture<HttpResponse<Object>> answer = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        known.thenAccept(
            host -> {
              CompletableFuture<HttpResponse<Object>> sent =
                  host == null
                      ? sender.send(
                          new AttemptRequest(app, app.uri(), app.headers(), null), handler)
                      : run(pipeline, host, app, head, sender, handler);
              bind(sent, answer);
            });
    return answer;
  }

  /** What is sent is the app's answer; what the app cancels is cancelled. */
  @SuppressWarnings("FutureReturnValueIgnored") // both futures are kept by their makers
  private static void bind(
      CompletableFuture<HttpResponse<Object>> sent,
      CompletableFuture<HttpResponse<Object>> answer) {
    answer.whenComplete(
        (value, failure) -> {
          if (answer.isCancelled()) {
            sent.cancel(true);
          }
        });
    sent.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        });
  }

  private static CompletableFuture<HttpResponse<Object>> run(
      CallPipeline pipeline,
      HostRouter host,
      HttpRequest app,
      AppRequest head,
      Sender sender,
      HttpResponse.BodyHandler<Object> handler) {
    return pipeline
        .async()
        .run(
            pipeline.call(host, head, Bodies.replayable(app)),
            new JavaHttpExchange(app, sender, handler, pipeline.tls()));
  }

  /** A call through the app's proxy goes where the proxy says. */
  private static boolean usesProxy(HttpClient client, HttpRequest request) {
    return client
        .proxy()
        .map(
            selector ->
                selector.select(request.uri()).stream()
                    .anyMatch(proxy -> proxy.type() != java.net.Proxy.Type.DIRECT))
        .orElse(false);
  }
}
