package dev.heddle.agent.core.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What a hook that sees work handed over puts in its place: the work with the context of the
 * calling thread, or null: leave it. Without a context, the usual case outside of requests, that is
 * one look at the thread.
 */
public final class Carrying {

  private Carrying() {}

  /** For a pool's queue; futures and stages are not wrapped, for they carry what they run. */
  public static @Nullable Object task(@Nullable Object task) {
    RequestContext context = CurrentContext.toCarry();
    if (context == null
        || task == null
        || task instanceof Carried
        || task instanceof FutureTask
        || task instanceof ForkJoinTask
        || task instanceof CompletableFuture.AsynchronousCompletionTask
        || isOfTheJdk(task)) {
      return null;
    }
    return of(task, context);
  }

  /** For tasks that are handed over together. */
  public static @Nullable Object tasks(@Nullable Collection<?> tasks) {
    if (tasks == null || CurrentContext.toCarry() == null) {
      return null;
    }
    List<@Nullable Object> carried = new ArrayList<>(tasks.size());
    for (Object task : tasks) {
      Object one = task(task);
      carried.add(one == null ? task : one);
    }
    return carried;
  }

  /** For a virtual thread, which is as good as its task; not for one that is a pool's worker. */
  public static @Nullable Object threadTask(@Nullable Object task) {
    RequestContext context = CurrentContext.toCarry();
    if (context == null
        || task == null
        || task instanceof Carried
        || isWorker(task.getClass().getName())) {
      return null;
    }
    return of(task, context);
  }

  /** For a stage of a CompletableFuture. */
  public static @Nullable Object stage(@Nullable Object work) {
    RequestContext context = CurrentContext.toCarry();
    if (context == null
        || work == null
        || work instanceof Carried
        || work.getClass().getName().startsWith(CarriedStage.class.getName())
        || isOfTheJdk(work)) {
      return null;
    }
    return CarriedStage.of(work, context);
  }

  private static @Nullable Object of(Object task, RequestContext context) {
    if (task instanceof Runnable) {
      return new CarriedTask((Runnable) task, context);
    }
    return task instanceof Callable ? new CarriedCallable((Callable<?>) task, context) : null;
  }

  /** The JDK's own work: the chains of its HTTP client, virtual threads that are scheduled. */
  private static boolean isOfTheJdk(Object work) {
    String name = work.getClass().getName();
    return (name.startsWith("java.")
            // what Executors.callable makes of an app's Runnable is the app's
            && !name.startsWith("java.util.concurrent.Executors$"))
        || name.startsWith("jdk.")
        || name.startsWith("sun.");
  }

  private static boolean isWorker(String name) {
    return name.startsWith("java.util.concurrent.ThreadPoolExecutor$")
        || name.startsWith("jdk.")
        || name.startsWith("sun.");
  }
}
