package dev.heddle.agent.instrumentation.undertow;

import dev.heddle.agent.core.inbound.InboundGate;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** A server has begun to listen on ports whose requests are judged one by one. */
public final class PortAdvice {

  private PortAdvice() {}

  /** Connections that came before are judged as on a port of which that is not known. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object server) {
    for (Undertow.ListenerInfo listener : ((Undertow) server).getListenerInfo()) {
      if (listener.getAddress() instanceof InetSocketAddress) {
        InboundGate.judgesRequestsOf(((InetSocketAddress) listener.getAddress()).getPort());
      }
    }
  }
}
