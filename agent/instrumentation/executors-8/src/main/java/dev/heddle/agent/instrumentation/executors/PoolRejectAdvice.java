package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CarriedTask;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** The handler of a rejected task sees the app's task; the thread has the context. */
public final class PoolRejectAdvice {

  private PoolRejectAdvice() {}

  /** The app's task. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Runnable task) {
    return task == null ? null : CarriedTask.bare(task);
  }
}
