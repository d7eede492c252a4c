package dev.heddle.e2e.relay;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an app sees of the tasks that it gave to a pool while it serves a request. */
final class PoolView {

  private PoolView() {}

  /** "as ever", or what is different from a JVM without agent. */
  @SuppressWarnings("ReferenceEquality") // the very task that the app gave
  static String look() throws InterruptedException {
    Watched pool = new Watched();
    CountDownLatch end = new CountDownLatch(1);
    Runnable first = () -> await(end);
    Runnable removed = () -> {};
    Runnable left = () -> {};
    Runnable rejected = () -> {};
    pool.execute(first);
    pool.execute(removed);
    boolean found = pool.remove(removed);
    pool.execute(left);
    pool.execute(rejected);
    List<Runnable> rest = pool.shutdownNow();
    end.countDown();
    if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
      return "the pool does not end";
    }
    if (pool.before.get() != first || pool.after.get() != first) {
      return "beforeExecute and afterExecute see another task: " + pool.before.get();
    }
    if (!found || rest.size() != 1 || rest.get(0) != left) {
      return "remove: " + found + ", shutdownNow: " + rest;
    }
    if (pool.refused.get() != rejected) {
      return "the handler sees another task: " + pool.refused.get();
    }
    return sorts() ? "as ever" : "a queue that compares tasks does not work";
  }

  /** A queue that needs its elements to be what the app put into it. */
  private static boolean sorts() throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
    CountDownLatch ran = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      pool.execute(new Ranked(i, ran));
    }
    boolean all = ran.await(10, TimeUnit.SECONDS);
    pool.shutdown();
    return all;
  }

  private record Ranked(int rank, CountDownLatch ran) implements Runnable, Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      return Integer.compare(rank, other.rank);
    }

    @Override
    public void run() {
      ran.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        latch.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // shutdownNow does that
      }
    }
  }

  private static final class Watched extends ThreadPoolExecutor {
    private final AtomicReference<@Nullable Runnable> before = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> after = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> refused = new AtomicReference<>();

    Watched() {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
      setRejectedExecutionHandler((task, pool) -> refused.set(task));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      before.set(task);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
      after.set(task);
    }
  }
}
