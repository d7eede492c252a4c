package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** One attempt through the rest of the client's chain, with a connection of its own. */
final class AsyncAttempt implements AsyncExecCallback {

  private final AsyncAppCall app;
  private final AttemptListener listener;
  private final @Nullable AttemptProducer producer;
  private final AsyncExecRuntime runtime;
  private final ComplexCancellable operation = new ComplexCancellable();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private volatile boolean dropped;

  AsyncAttempt(AsyncAppCall app, AttemptListener listener, @Nullable AttemptProducer producer) {
    this.app = app;
    this.listener = listener;
    this.producer = producer;
    this.runtime = app.scope().execRuntime.fork();
  }

  CompletableFuture<Boolean> begin(Attempt attempt) {
    CompletableFuture<Boolean> unused = end.whenComplete((value, failure) -> ended());
    try {
      AsyncAttemptRequest request = new AsyncAttemptRequest(app.request());
      AttemptHead.fill(request, app.request(), attempt, attempt.authority());
      AsyncExecChain.Scope scope = app.scope();
      AsyncExecChain.Scope to =
          new AsyncExecChain.Scope(
              scope.exchangeId,
              app.targets().route(scope.route, attempt, attempt.cluster(), attempt.endpoint()),
              scope.originalRequest,
              operation,
              scope.clientContext,
              ConnectionLife.in(runtime, app.head(), attempt.cluster(), scope.clientContext),
              scope.scheduler,
              scope.execCount);
      app.handler().execute(request, producer, to, this::connected, this);
    } catch (HttpException | IOException e) {
      failed(e);
    }
    return end;
  }

  private void connected(
      org.apache.hc.core5.http.HttpRequest request,
      org.apache.hc.core5.http.nio.@Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    if (body == null) {
      listener.sent();
    }
    app.chain().proceed(request, body, scope, callback);
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, EntityDetails entityDetails) throws HttpException, IOException {
    List<HeaderChange> changes =
        end.isDone()
            ? null
            : listener.head(
                AttemptHead.status(app.head(), response),
                AttemptHead.grpcStatus(app.head(), response));
    if (changes == null) {
      dropped = true;
      return null; // the client reads the body and forgets it
    }
    AttemptHead.change(response, changes);
    Cookies.keep(changes, app.scope().clientContext);
    Contexts.restore(app.scope().clientContext, app.scope().route, app.request());
    return app.callback().handleResponse(response, entityDetails);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    app.callback().handleInformationResponse(response);
  }

  @Override
  public void completed() {
    if (producer != null && !producer.isOver() && dropped) {
      runtime.discardEndpoint(); // the body is still on its way to where nobody wants it
    } else {
      runtime.releaseEndpoint();
    }
    end.complete(true);
  }

  @Override
  public void failed(Exception cause) {
    runtime.discardEndpoint();
    end.completeExceptionally(cause);
  }

  /** However it ended: a cancelled attempt is cut, and says no more of the body. */
  private void ended() {
    if (end.isCancelled()) {
      if (producer != null) {
        producer.cut();
      }
      operation.cancel();
      runtime.discardEndpoint();
    }
  }
}
