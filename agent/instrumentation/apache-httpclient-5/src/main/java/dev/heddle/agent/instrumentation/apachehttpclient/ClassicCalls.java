package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Decides whether a call of the classic client is managed, and runs it. */
final class ClassicCalls {

  private ClassicCalls() {}

  static Object @Nullable [] run(Object handler, Object request, Object scope, Object chain) {
    CallPipeline pipeline = Adapters.pipeline();
    ExecChain.Scope app = (ExecChain.Scope) scope;
    if (pipeline == null || chain instanceof AttemptChain || !isDirect(app.route)) {
      return null;
    }
    ClassicHttpRequest sent = (ClassicHttpRequest) request;
    RequestHead head = new RequestHead(app.route.getTargetHost(), sent, app.clientContext);
    HostRouter host = head.decidedBy(pipeline.await(head.host(), head.port()));
    if (host == null) {
      return null;
    }
    boolean replayable = sent.getEntity() == null || isRepeatable(sent, app.originalRequest);
    ClassicExchange exchange =
        new ClassicExchange(
            (ExecChainHandler) handler, sent, head, app, (ExecChain) chain, pipeline);
    try {
      return new Object[] {
        pipeline.blocking().run(pipeline.call(host, head, replayable), exchange), null
      };
    } catch (Exception e) { // what the library threw in the last attempt is the app's
      return new Object[] {null, e};
    } finally {
      exchange.restore();
    }
  }

  /** The client's own wrapper says of any body that it is repeatable until it was sent. */
  private static boolean isRepeatable(ClassicHttpRequest sent, ClassicHttpRequest original) {
    HttpEntity appsOwn = original.getEntity();
    HttpEntity entity = appsOwn == null ? sent.getEntity() : appsOwn;
    return entity == null || entity.isRepeatable();
  }

  /** What goes through the app's proxy goes where that says. */
  static boolean isDirect(HttpRoute route) {
    String scheme = route.getTargetHost().getSchemeName();
    return route.getProxyHost() == null
        && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
  }
}
