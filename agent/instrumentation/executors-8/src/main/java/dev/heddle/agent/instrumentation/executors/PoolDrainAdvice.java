package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CarriedTask;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** What shutdownNow returns are the app's tasks. */
public final class PoolDrainAdvice {

  private PoolDrainAdvice() {}

  /** Behind drainQueue, whose list nobody has seen yet. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return List<Runnable> tasks) {
    tasks.replaceAll(CarriedTask::bare);
  }
}
