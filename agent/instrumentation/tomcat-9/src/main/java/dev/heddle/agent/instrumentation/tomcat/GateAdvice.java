package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/**
 * A request is judged as soon as the container has made its path and chosen what serves it; a valve
 * that rewrites it has it parsed again, and judged again.
 */
public final class GateAdvice {

  private GateAdvice() {}

  /** False where the request was refused: the container only finishes the response then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static boolean exit(
      @Advice.Argument(1) Object request,
      @Advice.Argument(3) Object response,
      @Advice.Return boolean parsed) {
    if (!parsed || InboundGate.isOpen()) {
      return parsed;
    }
    return !CoyoteGate.refused((Request) request, (Response) response);
  }
}
