package dev.heddle.agent.instrumentation.executors;

import dev.heddle.agent.core.context.CarriedTask;
import dev.heddle.agent.core.context.Carrying;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Tasks in the queue of a pool. */
final class PoolQueue {

  /** Queues that do not look at what is in them; others may compare tasks or cast them. */
  private static final Set<Class<?>> BLIND =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  ArrayBlockingQueue.class,
                  LinkedBlockingDeque.class,
                  LinkedBlockingQueue.class,
                  LinkedTransferQueue.class,
                  SynchronousQueue.class)));

  private PoolQueue() {}

  static @Nullable Object queued(ThreadPoolExecutor pool, @Nullable Object task) {
    Object carried = Carrying.task(task);
    return carried != null && BLIND.contains(pool.getQueue().getClass()) ? carried : null;
  }

  /** Something that is equal to the task, with or without its context; null: the task will do. */
  static @Nullable Runnable sought(ThreadPoolExecutor pool, @Nullable Runnable task) {
    if (task == null
        || task instanceof CarriedTask
        || !BLIND.contains(pool.getQueue().getClass())) {
      return null;
    }
    return new Sought(task);
  }

  /** The queues ask what is sought whether it is equal to what they hold. */
  private static final class Sought implements Runnable {
    private final Runnable task;

    Sought(Runnable task) {
      this.task = task;
    }

    @Override
    @SuppressWarnings("EqualsUnsafeCast") // it is asked about tasks alone
    public boolean equals(@Nullable Object queued) {
      return queued instanceof CarriedTask
          ? task.equals(CarriedTask.bare((Runnable) queued))
          : task.equals(queued);
    }

    @Override
    public int hashCode() {
      return task.hashCode();
    }

    @Override
    public void run() {
      task.run();
    }
  }
}
