package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous channel connects. */
public final class AsyncConnectAdvice {

  private AsyncConnectAdvice() {}

  /** Not to where mesh TLS is spoken, if it cannot speak it. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(
      @Advice.This AsynchronousSocketChannel channel, @Advice.Argument(0) SocketAddress remote) {
    ManagedAsyncChannel.connecting(channel, remote);
  }
}
