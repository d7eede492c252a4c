package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Decides whether an execute is managed, and runs the call. */
final class ManagedExecute {

  private ManagedExecute() {}

  static Object @Nullable [] run(Object client, Object target, Object request, Object context) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null
        || !(target instanceof HttpHost)
        || request instanceof AttemptRequest
        || !"http".equals(((HttpHost) target).getSchemeName())) {
      return null;
    }
    ClassicHttpRequest app = (ClassicHttpRequest) request;
    ClassicRequest head = new ClassicRequest((HttpHost) target, app);
    HostRouter host = pipeline.await(head.host(), head.port());
    if (host == null) {
      return null;
    }
    boolean replayable = app.getEntity() == null || app.getEntity().isRepeatable();
    ClassicExchange exchange =
        new ClassicExchange(new Executor(client, (HttpContext) context), head, app);
    try {
      return new Object[] {
        pipeline.blocking().run(pipeline.call(host, head, replayable), exchange), null
      };
    } catch (Exception e) { // what the library threw in the last attempt is the app's
      return new Object[] {null, e};
    }
  }
}
