package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.NativeTransports;
import net.bytebuddy.asm.Advice;

/** A socket of a native transport accepts. */
public final class NativeAcceptAdvice {

  /** What the method returns where nobody is there. */
  private static final int NOBODY = -1;

  private NativeAcceptAdvice() {}

  /** Nobody, where mesh TLS is required. Copies of Netty have any name, so there is no type. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned
  @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
  public static int exit(@Advice.This Object socket, @Advice.Return int descriptor)
      throws ReflectiveOperationException {
    if (descriptor < 0
        || NativeTransports.accepts(socket.getClass().getMethod("localAddress").invoke(socket))) {
      return descriptor;
    }
    Class<?> type = socket.getClass();
    while (!type.getName().endsWith(".FileDescriptor")) {
      type = type.getSuperclass();
    }
    type.getMethod("close").invoke(type.getConstructor(int.class).newInstance(descriptor));
    return NOBODY;
  }
}
