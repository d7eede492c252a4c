package dev.heddle.agent.core.call;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for code of the app that hears of a call when no thread of its library is at hand, as
 * behind a delay. They are not named as the agent's own: what the app calls from them is managed.
 */
final class AppThreads {

  /** Callbacks should not block; where some do, this many may before others wait. */
  private static final int MAX_THREADS = 32;

  private static final int IDLE_SECONDS = 30;

  private AppThreads() {}

  static Executor create() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // as long as there are calls under way, no longer
            task -> {
              Thread thread = new Thread(task, "http-callbacks");
              thread.setDaemon(true);
              thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
