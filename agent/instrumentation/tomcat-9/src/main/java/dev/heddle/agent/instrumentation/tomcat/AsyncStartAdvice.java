package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.context.Carrying;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Where a request in asynchronous mode starts a task. */
public final class AsyncStartAdvice {

  private AsyncStartAdvice() {}

  /** The task with its context, or null: as it is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object task) {
    return Carrying.task(task);
  }
}
