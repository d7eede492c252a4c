package dev.heddle.agent.instrumentation.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** A task that is to be removed is found although the queue holds it with its context. */
public final class PoolRemoveAdvice {

  private PoolRemoveAdvice() {}

  /** What the queue is to look for, or null: the task. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This ThreadPoolExecutor pool, @Advice.Argument(0) @Nullable Runnable task) {
    return PoolQueue.sought(pool, task);
  }
}
