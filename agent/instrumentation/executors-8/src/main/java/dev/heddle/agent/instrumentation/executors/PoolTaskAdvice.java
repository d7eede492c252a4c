package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CarriedTask;
import dev.heddle.agent.core.context.CurrentContext;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Between two tasks of a worker: the one's context ends, the next one's begins. */
public final class PoolTaskAdvice {

  private PoolTaskAdvice() {}

  /** The worker waits without a context. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter() {
    CurrentContext.replace(null);
  }

  /** The app's task, in its context. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable Runnable task) {
    return CarriedTask.unwrapped(task);
  }
}
