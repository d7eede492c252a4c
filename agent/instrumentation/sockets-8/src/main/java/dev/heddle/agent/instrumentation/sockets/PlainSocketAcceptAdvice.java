package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.PlainConnections;
import java.io.IOException;
import java.net.Socket;
import net.bytebuddy.asm.Advice;

/** A server socket accepts. */
public final class PlainSocketAcceptAdvice {

  private PlainSocketAcceptAdvice() {}

  /** Rules of layer 4 are asked. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Socket socket) throws IOException {
    PlainConnections.accepted(socket);
  }
}
