package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the app has sent, from hop to hop of the redirects that its client follows. */
final class Hops {

  private final CallPipeline pipeline;
  private final HttpClient client;
  private final Sender sender;
  private final HttpResponse.BodyHandler<Object> handler;
  private final Redirects redirects;
  private final CompletableFuture<HttpResponse<Object>> answer = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<HttpResponse<Object>> under;

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

  /** The app's future; cancelling it cancels the hop that is under way. */
  CompletableFuture<HttpResponse<Object>> begin(
      HttpRequest request, CompletableFuture<@Nullable HostRouter> known) {
    CompletableFuture<HttpResponse<Object>> unused =
        answer.whenComplete(
            (value, failure) -> {
              if (answer.isCancelled()) {
                cancel();
              }
            });
    hop(request, known, null);
    return answer;
  }

  private void cancel() {
    CompletableFuture<HttpResponse<Object>> open = under;
    if (open != null) {
      open.cancel(true);
    }
  }

  private void hop(
      HttpRequest request,
      CompletableFuture<@Nullable HostRouter> known,
      @Nullable HttpResponse<Object> previous) {
    if (known.isDone()) {
      send(request, known.join(), previous);
      return;
    }
    CompletableFuture<Void> unused =
        known.thenAcceptAsync(
            host -> {
              try {
                send(request, host, previous);
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            pipeline.callbacks());
  }

  private void send(
      HttpRequest request, @Nullable HostRouter found, @Nullable HttpResponse<Object> previous) {
    AppRequest head = new AppRequest(request, client);
    HostRouter host = head.decidedBy(found);
    if (host == null) {
      bind(sender.send(AttemptRequest.unmanaged(request), handler), null);
      return;
    }
    JavaHttpExchange exchange =
        new JavaHttpExchange(
            request,
            head,
            sender,
            handler,
            redirects,
            previous,
            pipeline.tls(),
            pipeline.callbacks());
    bind(
        pipeline.async().run(pipeline.call(host, head, Bodies.replayable(request)), exchange),
        exchange);
  }

  private void bind(
      CompletableFuture<HttpResponse<Object>> sent, @Nullable JavaHttpExchange exchange) {
    under = sent;
    if (answer.isCancelled()) {
      sent.cancel(true);
    }
    CompletableFuture<HttpResponse<Object>> unused =
        sent.whenComplete(
            (response, failure) -> {
              HttpRequest next = exchange == null ? null : exchange.next();
              if (failure != null) {
                answer.completeExceptionally(unwrap(failure));
              } else if (next == null) {
                answer.complete(response);
              } else {
                follow(next, response);
              }
            });
  }

  private void follow(HttpRequest next, HttpResponse<Object> response) {
    try {
      AppRequest head = new AppRequest(next, client);
      boolean ours = AppRequest.isHttp(next) && !ManagedSend.usesProxy(client, next);
      CompletableFuture<@Nullable HostRouter> known =
          ours ? pipeline.find(head.host(), head.port()) : CompletableFuture.completedFuture(null);
      hop(next, known, response);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
