package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import java.io.IOException;
import java.net.Socket;
import net.bytebuddy.asm.Advice;

/** A server socket accepts. */
public final class SocketAcceptAdvice {

  private SocketAcceptAdvice() {}

  /** The new socket is connected. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.Argument(0) Socket socket) throws IOException {
    ManagedSocket.accepted(socket, ImplStreams.of(socket));
  }
}
