package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.AsyncAnswer;
import dev.heddle.agent.core.call.AsyncCall;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What the app has sent, from hop to hop of the redirects that its client follows. It is the app's
 * future: cancelling it cancels the hop that is under way.
 */
final class Hops extends CompletableFuture<HttpResponse<Object>> {

  private final CallPipeline pipeline;
  private final HttpClient client;
  private final Sender sender;
  private final HttpResponse.BodyHandler<Object> handler;
  private final Redirects redirects;
  private volatile @Nullable Runnable endOfHop;

  Hops(
      CallPipeline pipeline,
      HttpClient client,
      Sender sender,
      HttpResponse.BodyHandler<Object> handler) {
    this.pipeline = pipeline;
    this.client = client;
    this.sender = sender;
    this.handler = handler;
    this.redirects = new Redirects(client);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    Runnable end = endOfHop;
    if (end != null && isCancelled()) {
      end.run();
    }
    return cancelled;
  }

  void hop(
      AppRequest head,
      CompletableFuture<@Nullable HostRouter> known,
      @Nullable HttpResponse<Object> previous) {
    if (known.isDone()) {
      send(head, known.join(), previous);
      return;
    }
    CompletableFuture<Void> unused =
        known.thenAcceptAsync(
            host -> {
              try {
                send(head, host, previous);
              } catch (RuntimeException e) {
                completeExceptionally(e);
              }
            },
            pipeline.callbacks());
  }

  private void send(
      AppRequest head, @Nullable HostRouter found, @Nullable HttpResponse<Object> previous) {
    HostRouter host = head.decidedBy(found);
    if (host == null) {
      unmanaged(head.request());
      return;
    }
    JavaHttpExchange exchange =
        new JavaHttpExchange(head, sender, handler, redirects, previous, pipeline);
    AsyncAnswer<HttpResponse<Object>> answer =
        (response, failure) -> over(exchange.next(), response, failure);
    AsyncCall call =
        pipeline
            .async()
            .prepare(
                pipeline.call(host, head, Bodies.replayable(head.request())), exchange, answer);
    endsBy(call::cancel);
    call.begin();
  }

  private void unmanaged(HttpRequest request) {
    CompletableFuture<HttpResponse<Object>> sent =
        sender.send(AttemptRequest.unmanaged(request), handler);
    endsBy(() -> sent.cancel(true));
    CompletableFuture<HttpResponse<Object>> unused =
        sent.whenComplete((response, failure) -> over(null, response, failure));
  }

  private void endsBy(Runnable end) {
    endOfHop = end;
    if (isCancelled()) {
      end.run();
    }
  }

  private void over(
      @Nullable HttpRequest next,
      @Nullable HttpResponse<Object> response,
      @Nullable Throwable failure) {
    if (failure != null) {
      completeExceptionally(unwrap(failure));
    } else if (next == null) {
      complete(response);
    } else {
      follow(next, response);
    }
  }

  private void follow(HttpRequest next, @Nullable HttpResponse<Object> response) {
    try {
      AppRequest head = new AppRequest(next, client);
      boolean ours = AppRequest.isHttp(next) && !ManagedSend.usesProxy(client, next);
      CompletableFuture<@Nullable HostRouter> known =
          ours ? pipeline.find(head.host(), head.port()) : CompletableFuture.completedFuture(null);
      hop(head, known, response);
    } catch (RuntimeException e) {
      completeExceptionally(e);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
