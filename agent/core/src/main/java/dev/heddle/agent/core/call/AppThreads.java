package dev.heddle.agent.core.call;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for code of the app that hears of a call when no thread of its library is at hand, as
 * behind a delay. They are not named as the agent's own: what the app calls from them is managed.
 *
 * <p>Nothing is ever refused, for a call whose event is lost never ends. What finds the queue full
 * waits with the timers, where each call has its place already.
 */
final class AppThreads implements Executor {

  /** Callbacks should not block; where some do, this many may before others wait. */
  static final int MAX_THREADS = 32;

  /** Events that wait for a thread: more than an app ends calls of while its callbacks block. */
  static final int MAX_QUEUED = 1_024;

  /** How long what found no place waits before it asks again: no person notices such a time. */
  private static final int AGAIN_MILLIS = 10;

  private static final int IDLE_SECONDS = 30;

  private final ScheduledExecutorService timers;
  private final ThreadPoolExecutor threads;

  AppThreads(ScheduledExecutorService timers) {
    this.timers = timers;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_QUEUED),
            task -> {
              Thread thread = new Thread(task, "http-callbacks-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException full) {
      Future<?> unused = timers.schedule(() -> execute(task), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
