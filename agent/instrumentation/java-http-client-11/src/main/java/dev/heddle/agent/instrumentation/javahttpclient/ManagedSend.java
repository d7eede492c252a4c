package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Decides whether a send is managed, and begins it. */
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
        || !AppRequest.isHttp((HttpRequest) request)
        || usesProxy((HttpClient) client, (HttpRequest) request)) {
      return null;
    }
    HttpRequest app = (HttpRequest) request;
    AppRequest head = new AppRequest(app, (HttpClient) client);
    CompletableFuture<@Nullable HostRouter> known = pipeline.find(head.host(), head.port());
    if (known.isDone() && head.decidedBy(known.join()) == null) {
      return null;
    }
    Hops hops =
        new Hops(
            pipeline,
            (HttpClient) client,
            new Sender((HttpClient) client, pushHandler, (Executor) executor),
            (HttpResponse.BodyHandler<Object>) handler);
    hops.hop(head, known, null);
    return hops;
  }

  /** A call through the app's proxy goes where the proxy says. */
  static boolean usesProxy(HttpClient client, HttpRequest request) {
    ProxySelector selector = client.proxy().orElse(null);
    return selector != null
        && selector.select(request.uri()).stream()
            .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
