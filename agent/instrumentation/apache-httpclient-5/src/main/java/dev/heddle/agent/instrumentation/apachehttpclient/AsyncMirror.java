package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.MirrorCopy;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** A copy of a request whose answer is read and forgotten. */
final class AsyncMirror implements AsyncExecCallback {

  private final AsyncExecRuntime runtime;
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  private AsyncMirror(AsyncExecRuntime runtime) {
    this.runtime = runtime;
  }

  static CompletableFuture<Boolean> send(
      AsyncAppCall app,
      @Nullable RequestConfig config,
      Attempt attempt,
      MirrorCopy copy,
      @Nullable AsyncEntityProducer body) {
    AsyncMirror mirror = new AsyncMirror(app.scope().execRuntime.fork());
    try {
      AsyncAttemptRequest request = new AsyncAttemptRequest(app.request());
      AttemptHead.fill(request, app.request(), attempt, AttemptHead.shadow(attempt, app.head()));
      AsyncExecChain.Scope scope = app.scope();
      HttpClientContext context = Contexts.ofMirror(scope.clientContext, config);
      AsyncExecChain.Scope to =
          new AsyncExecChain.Scope(
              scope.exchangeId + "-shadow",
              app.targets().route(scope.route, attempt, copy.cluster(), copy.endpoint()),
              request,
              new ComplexCancellable(),
              context,
              ConnectionLife.in(mirror.runtime, app.head(), copy.cluster(), context),
              scope.scheduler,
              null);
      app.handler().execute(request, body, to, app.chain(), mirror);
    } catch (HttpException | IOException | RuntimeException e) {
      mirror.end.completeExceptionally(e);
    }
    return mirror.end;
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, EntityDetails details) {
    return null;
  }

  @Override
  public void handleInformationResponse(HttpResponse response) {}

  @Override
  public void completed() {
    runtime.releaseEndpoint();
    end.complete(true);
  }

  @Override
  public void failed(Exception cause) {
    runtime.discardEndpoint();
    end.completeExceptionally(cause);
  }
}
