package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.inbound.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/** Has requests judged, and answers those that are not let in below valves and error pages. */
final class CoyoteGate {

  private CoyoteGate() {}

  /** Whether the request was answered. */
  static boolean refused(Request request, Response response) {
    Refusal refusal;
    try {
      CoyoteRequest read = CoyoteRequest.of(request.getCoyoteRequest());
      refusal = InboundGate.judge(read);
      if (read.isEdited() && CurrentContext.get() != null) {
        CurrentContext.replace(
            CoyoteContext.of(request.getCoyoteRequest())); // nothing forged goes on
      }
    } catch (Throwable e) { // whatever it is, nothing was decided
      refusal = InboundGate.undecided(e);
    }
    if (refusal == null) {
      return false;
    }
    answer(response.getCoyoteResponse(), refusal);
    log(request, response);
    return true;
  }

  private static void answer(org.apache.coyote.Response response, Refusal refusal) {
    byte[] body = refusal.bytes();
    response.setStatus(refusal.status());
    response.setContentType(Refusal.CONTENT_TYPE);
    response.setContentLength(body.length);
    response.setHeader(Refusal.REASON_HEADER, refusal.reason());
    if (!refusal.challenge().isEmpty()) {
      response.setHeader(Refusal.CHALLENGE_HEADER, refusal.challenge());
    }
    try {
      response.doWrite(ByteBuffer.wrap(body));
    } catch (IOException e) {
      return; // the caller is gone
    }
  }

  /** The container's access log has requests that it began to process; this one it did not. */
  private static void log(Request request, Response response) {
    @Nullable Context context = request.getContext();
    if (context != null) {
      context.logAccess(request, response, 0, false);
    }
  }
}
