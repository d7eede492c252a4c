package dev.heddle.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Lets the app write its body into memory, as the connection would, but without connecting first.
 */
public final class OutputAdvice {

  private OutputAdvice() {}

  /** The stream that takes the body, or null: the connection goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object connection) {
    return ManagedConnection.body(connection);
  }

  /** What getOutputStream0 returns then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static Object exit(@Advice.Enter Object body, @Advice.Return Object returned) {
    return body == null ? returned : body;
  }
}
