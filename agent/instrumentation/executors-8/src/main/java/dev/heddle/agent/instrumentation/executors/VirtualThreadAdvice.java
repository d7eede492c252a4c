package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.Carrying;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Where a virtual thread is made; the fourth argument is its task. */
public final class VirtualThreadAdvice {

  private VirtualThreadAdvice() {}

  /** The task with its context, or null: as it is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 3, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(3) @Nullable Object work) {
    return Carrying.threadTask(work);
  }
}
