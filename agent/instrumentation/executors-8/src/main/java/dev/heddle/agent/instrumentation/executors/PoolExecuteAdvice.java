package dev.heddle.agent.instrumentation.executors;

import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Puts the context beside the task in a pool's queue. */
public final class PoolExecuteAdvice {

  private PoolExecuteAdvice() {}

  /** The task with its context, or null: as it is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This ThreadPoolExecutor pool, @Advice.Argument(0) @Nullable Object task) {
    return PoolQueue.queued(pool, task);
  }
}
