package dev.heddle.agent.core.context;

import org.jspecify.annotations.Nullable;

/** A Runnable with its context. A pool that knows of it unwraps it, so that nobody else sees it. */
public final class CarriedTask extends Carried implements Runnable {

  private final Runnable task;

  CarriedTask(Runnable task, RequestContext context) {
    super(task, context);
    this.task = task;
  }

  /** Makes the task's context the thread's, and returns the task itself; other tasks have none. */
  public static @Nullable Runnable unwrapped(@Nullable Runnable task) {
    if (task instanceof CarriedTask) {
      CurrentContext.replace(((CarriedTask) task).take());
      return ((CarriedTask) task).task;
    }
    CurrentContext.replace(null);
    return task;
  }

  /** The task itself, wherever it is that one looks at it without running it. */
  public static Runnable bare(Runnable task) {
    return task instanceof CarriedTask ? ((CarriedTask) task).task : task;
  }

  @Override
  public void run() {
    RequestContext previous = CurrentContext.replace(take());
    try {
      task.run();
    } finally {
      CurrentContext.replace(previous);
    }
  }
}
