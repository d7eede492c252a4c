package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Lets the app write its body: into memory, as the connection would, but without connecting first;
 * or, where it streams, to the endpoint that the call has chosen.
 */
public final class OutputAdvice {

  private OutputAdvice() {}

  /** {stream, exception} for the body, or null: the connection goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object @Nullable [] enter(@Advice.This Object connection) {
    try {
      return ManagedConnection.body(connection);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What getOutputStream0 returns or throws then. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static Object @Nullable [] exit(@Advice.Enter Object @Nullable [] managed) {
    return managed;
  }
}
