package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.AsyncCall;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Asks the app's handler for its request, decides whether it is managed, and begins the call. */
final class MinimalCalls {

  private MinimalCalls() {}

  /** What cancels the call, or null: it goes its own way. */
  @SuppressWarnings("unchecked") // the types of execute, which erasure hides
  static @Nullable Cancellable begin(
      Object client, Object handler, @Nullable Object pushHandlers, @Nullable Object context) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null || handler instanceof MinimalHandler) {
      return null;
    }
    AsyncClientExchangeHandler app = (AsyncClientExchangeHandler) handler;
    ComplexCancellable operation = new ComplexCancellable();
    try {
      app.produceRequest(
          (request, details, c) ->
              decide(
                  pipeline,
                  new MinimalAppCall(
                      (MinimalHttpAsyncClient) client,
                      app,
                      (HandlerFactory<AsyncPushConsumer>) pushHandlers,
                      (HttpContext) context,
                      request,
                      details),
                  operation),
          (HttpContext) context);
    } catch (HttpException | IOException | IllegalStateException e) { // as the client does
      app.failed(e);
    }
    return operation;
  }

  private static void decide(
      CallPipeline pipeline, MinimalAppCall app, ComplexCancellable operation) {
    if (operation.isCancelled()) {
      app.handler().cancel();
      return;
    }
    if (!isHttp(app.request())) {
      operation.setDependency(app.pass());
      return;
    }
    RequestHead head = new RequestHead(app.target(), app.request(), null);
    CompletableFuture<@Nullable HostRouter> known = pipeline.find(head.host(), head.port());
    if (!known.isDone()) {
      CompletableFuture<Void> unused =
          known.thenRunAsync(() -> decide(pipeline, app, operation), pipeline.callbacks());
      return;
    }
    HostRouter host = head.decidedBy(known.join());
    if (host == null) {
      operation.setDependency(app.pass());
    } else {
      run(pipeline, host, head, app, operation);
    }
  }

  private static boolean isHttp(HttpRequest request) {
    String scheme = request.getScheme();
    return request.getAuthority() != null
        && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
  }

  private static void run(
      CallPipeline pipeline,
      HostRouter host,
      RequestHead head,
      MinimalAppCall app,
      ComplexCancellable operation) {
    AsyncCall call =
        pipeline
            .async()
            .prepare(
                pipeline.call(host, head, app.details() == null),
                new MinimalExchange(app, head, pipeline),
                (value, failure) -> over(app.handler(), failure));
    operation.setDependency(
        () -> {
          call.cancel();
          return true;
        });
    call.begin();
  }

  private static void over(AsyncClientExchangeHandler app, @Nullable Throwable failure) {
    try {
      if (failure instanceof CancellationException) {
        app.cancel();
      } else if (failure != null) {
        app.failed(
            failure instanceof Exception
                ? (Exception) failure
                : new IllegalStateException(failure));
      }
    } finally {
      app.releaseResources();
    }
  }
}
