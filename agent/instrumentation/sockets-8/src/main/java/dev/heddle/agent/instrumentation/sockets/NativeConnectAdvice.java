package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.NativeTransports;
import java.net.ConnectException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A channel of a native transport connects, though the transport is not available. */
public final class NativeConnectAdvice {

  private NativeConnectAdvice() {}

  /** Not to where mesh TLS is spoken; datagrams have no part in that. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.This Object channel, @Advice.Argument(0) @Nullable Object remote)
      throws ConnectException {
    if (!channel.getClass().getName().contains("Datagram")) {
      NativeTransports.connecting(remote);
    }
  }
}
