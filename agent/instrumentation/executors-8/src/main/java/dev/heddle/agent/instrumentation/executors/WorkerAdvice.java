package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CarriedTask;
import dev.heddle.agent.core.context.CurrentContext;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** The first task of a worker does not come through the queue. */
public final class WorkerAdvice {

  private WorkerAdvice() {}

  /** The app's task, in its context. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "firstTask",
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.FieldValue("firstTask") @Nullable Runnable first) {
    return CarriedTask.unwrapped(first);
  }

  /** The worker ends, by an exception of a task perhaps; its thread may be a borrowed one. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  public static void exit() {
    CurrentContext.replace(null);
  }
}
