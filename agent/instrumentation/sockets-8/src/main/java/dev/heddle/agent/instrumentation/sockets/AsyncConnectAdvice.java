package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.AsynchronousChannels;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** An asynchronous channel connects. */
public final class AsyncConnectAdvice {

  private AsyncConnectAdvice() {}

  /** Not to where mesh TLS is spoken. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.Argument(0) SocketAddress remote) {
    AsynchronousChannels.connecting(remote);
  }
}
