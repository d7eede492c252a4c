package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;

/** A port is about to accept whose requests are judged one by one. */
public final class PortAdvice {

  private PortAdvice() {}

  /** It is bound by now. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object server) {
    InboundGate.judgesRequestsOf(((HttpServer) server).getAddress().getPort());
  }
}
