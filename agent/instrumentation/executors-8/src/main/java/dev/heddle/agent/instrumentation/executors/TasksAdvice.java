package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.Carrying;
import java.util.Collection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Where the first argument is a collection of tasks. */
public final class TasksAdvice {

  private TasksAdvice() {}

  /** The tasks with their context in the same order, or null: as they are. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Collection<?> tasks) {
    return Carrying.tasks(tasks);
  }
}
