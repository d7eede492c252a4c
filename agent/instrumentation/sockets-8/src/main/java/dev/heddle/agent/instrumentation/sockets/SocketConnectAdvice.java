package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketImpl;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A socket connects. */
public final class SocketConnectAdvice {

  private SocketConnectAdvice() {}

  /** Now it is connected; the socket of a channel has its channel's hooks. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(
      @Advice.This Socket socket, @Advice.FieldValue("impl") @Nullable SocketImpl impl)
      throws IOException {
    if (impl != null && socket.getChannel() == null) {
      ManagedSocket.connected(socket, new ImplStreams(impl));
    }
  }
}
