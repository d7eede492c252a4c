package dev.heddle.agent.instrumentation.jetty;

import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;

/** A port is bound whose requests are judged one by one. */
public final class PortAdvice {

  private PortAdvice() {}

  /** It does not accept yet. Older versions have such a class too, and other requests. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object connector) {
    if (Request.class.isInterface()) {
      InboundGate.judgesRequestsOf(((ServerConnector) connector).getLocalPort());
    }
  }
}
