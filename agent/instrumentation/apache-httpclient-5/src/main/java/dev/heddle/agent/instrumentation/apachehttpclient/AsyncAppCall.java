package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.CallPipeline;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** The app's call as it came to the hook. */
final class AsyncAppCall {

  /** How the runtime is called that connects for a client of nothing but HTTP/2. */
  private static final String HTTP_2 = "InternalH2AsyncExecRuntime";

  private final AsyncExecChainHandler handler;
  private final HttpRequest request;
  private final @Nullable AsyncEntityProducer producer;
  private final AsyncExecChain.Scope scope;
  private final AsyncExecChain chain;
  private final AsyncExecCallback callback;
  private final RequestHead head;
  private final Targets targets;

  AsyncAppCall(
      AsyncExecChainHandler handler,
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback,
      CallPipeline pipeline) {
    this.handler = handler;
    this.request = request;
    this.producer = producer;
    this.scope = scope;
    this.chain = chain;
    this.callback = callback;
    this.head = new RequestHead(scope.route.getTargetHost(), request, scope.clientContext);
    this.targets =
        scope.execRuntime.getClass().getSimpleName().equals(HTTP_2)
            ? Targets.byName(pipeline, scope.route.getTargetHost(), head)
            : new Targets(pipeline, scope.route.getTargetHost(), head);
  }

  AsyncExecChainHandler handler() {
    return handler;
  }

  HttpRequest request() {
    return request;
  }

  @Nullable AsyncEntityProducer producer() {
    return producer;
  }

  AsyncExecChain.Scope scope() {
    return scope;
  }

  AsyncExecChain chain() {
    return chain;
  }

  AsyncExecCallback callback() {
    return callback;
  }

  Targets targets() {
    return targets;
  }

  RequestHead head() {
    return head;
  }

  boolean isReplayable() {
    return producer == null || producer.isRepeatable();
  }
}
