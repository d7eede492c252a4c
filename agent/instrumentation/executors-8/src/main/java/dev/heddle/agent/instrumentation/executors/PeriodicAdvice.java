package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.context.RequestContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What repeats outlives the request that began it, and carries nothing of it. */
public final class PeriodicAdvice {

  private PeriodicAdvice() {}

  /** Sets the context aside while the task is made. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return CurrentContext.replace(null);
  }

  /** Puts it back. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object context) {
    CurrentContext.replace((RequestContext) context);
  }
}
