package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.PlainConnections;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** An asynchronous server channel accepts; null: nobody was there. */
public final class PlainAsyncAcceptAdvice {

  private PlainAsyncAcceptAdvice() {}

  /** Rules of layer 4 are asked. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable AsynchronousSocketChannel channel)
      throws IOException {
    if (channel != null) {
      PlainConnections.accepted(channel);
    }
  }
}
