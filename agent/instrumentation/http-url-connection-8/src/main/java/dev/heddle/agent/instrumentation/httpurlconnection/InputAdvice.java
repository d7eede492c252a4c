package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Runs the managed call when the app asks for the response. */
public final class InputAdvice {

  private InputAdvice() {}

  /** {stream, exception} of the managed call, or null: the connection goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object @Nullable [] enter(@Advice.This Object connection) {
    try {
      return ManagedConnection.respond(connection);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What getInputStream0 returns or throws then. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static Object @Nullable [] exit(@Advice.Enter Object @Nullable [] managed) {
    return managed;
  }
}
