package dev.heddle.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Runs the managed call when the app asks for the response. */
public final class InputAdvice {

  private InputAdvice() {}

  /** {stream, exception} of the managed call, or null: the connection goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object[] enter(@Advice.This Object connection) {
    return ManagedConnection.respond(connection);
  }

  /** What getInputStream0 returns or throws then. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static Object[] exit(@Advice.Enter Object[] managed) {
    return managed;
  }
}
