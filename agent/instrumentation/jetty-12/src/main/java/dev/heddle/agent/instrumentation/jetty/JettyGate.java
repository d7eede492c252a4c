package dev.heddle.agent.instrumentation.jetty;

import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.inbound.Refusal;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Has requests judged, and answers those that are not let in. */
final class JettyGate {

  private JettyGate() {}

  /** The request as its app is to see it, and the refusal if it was answered. */
  static @Nullable Object[] judged(Request request, Response response, Callback callback) {
    JettyRequest read = new JettyRequest(request);
    Refusal refusal;
    try {
      refusal = InboundGate.judge(read);
    } catch (Throwable e) { // whatever it is, nothing was decided
      refusal = InboundGate.undecided(e);
    }
    if (refusal != null) {
      answer(response, callback, refusal);
    }
    return new Object[] {read.edited(), refusal};
  }

  private static void answer(Response response, Callback callback, Refusal refusal) {
    byte[] body = refusal.bytes();
    response.setStatus(refusal.status());
    response.getHeaders().put("Content-Type", Refusal.CONTENT_TYPE);
    response.getHeaders().put("Content-Length", body.length);
    response.getHeaders().put(Refusal.REASON_HEADER, refusal.reason());
    if (!refusal.challenge().isEmpty()) {
      response.getHeaders().put(Refusal.CHALLENGE_HEADER, refusal.challenge());
    }
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
