package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.AsyncCall;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.snapshot.HostRouter;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** Decides whether a call of the async client is managed, and begins it. */
final class AsyncCalls {

  private AsyncCalls() {}

  static boolean begin(
      Object handler,
      Object request,
      @Nullable Object producer,
      Object scope,
      Object chain,
      Object callback) {
    CallPipeline pipeline = Adapters.pipeline();
    AsyncExecChain.Scope app = (AsyncExecChain.Scope) scope;
    if (pipeline == null
        || request instanceof AsyncAttemptRequest
        || !ClassicCalls.isDirect(app.route)) {
      return false;
    }
    AsyncAppCall appCall =
        new AsyncAppCall(
            (AsyncExecChainHandler) handler,
            (HttpRequest) request,
            (AsyncEntityProducer) producer,
            app,
            (AsyncExecChain) chain,
            (AsyncExecCallback) callback,
            pipeline);
    RequestHead head = appCall.head();
    CompletableFuture<@Nullable HostRouter> known = pipeline.find(head.host(), head.port());
    if (!known.isDone()) {
      CompletableFuture<Void> unused =
          known.thenRunAsync(() -> again(appCall), pipeline.callbacks());
      return true;
    }
    HostRouter host = head.decidedBy(known.join());
    if (host == null) {
      return false;
    }
    run(pipeline, pipeline.call(host, head, appCall.isReplayable()), appCall);
    return true;
  }

  /** The host's first routes are here, or are waited for no longer: now the hook knows. */
  private static void again(AsyncAppCall app) {
    if (app.scope().cancellableDependency.isCancelled()) {
      app.callback().failed(new java.util.concurrent.CancellationException("request cancelled"));
      return;
    }
    try {
      app.handler()
          .execute(app.request(), app.producer(), app.scope(), app.chain(), app.callback());
    } catch (Exception e) {
      app.callback().failed(e);
    }
  }

  private static void run(CallPipeline pipeline, Call call, AsyncAppCall app) {
    AsyncChainExchange exchange = new AsyncChainExchange(app, pipeline.callbacks());
    AsyncCall ours =
        pipeline
            .async()
            .prepare(
                call,
                exchange,
                (value, failure) -> {
                  exchange.over();
                  tell(app, failure);
                });
    app.scope()
        .cancellableDependency
        .setDependency(
            () -> {
              ours.cancel();
              return true;
            });
    ours.begin();
  }

  private static void tell(AsyncAppCall app, @Nullable Throwable failure) {
    if (failure == null) {
      completed(app.callback());
    } else {
      app.callback()
          .failed(
              failure instanceof Exception
                  ? (Exception) failure
                  : new IllegalStateException(failure));
    }
  }

  /**
   * The client goes on in it, with a redirect's next hop for one: what fails there is the call's.
   */
  private static void completed(AsyncExecCallback app) {
    try {
      app.completed();
    } catch (RuntimeException e) {
      app.failed(e);
    }
  }
}
