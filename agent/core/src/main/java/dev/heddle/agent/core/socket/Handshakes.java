package dev.heddle.agent.core.socket;

import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads and bounds of handshakes: computation off event loops, deadlines, and how many. */
public final class Handshakes {

  /** From the first byte (STRICT: from the connection) to the end of the handshake. */
  static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * How long a writing app waits for a peer's first bytes on a PERMISSIVE port. A mesh peer speaks
   * first and its ClientHello follows the connection; who is silent this long waits for a banner.
   */
  static final long FIRST_BYTES_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A goodbye that the peer does not take must not hold up the app's close. */
  static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Accepted handshakes at once: each holds an engine and two buffers, some 100 KB. */
  static final int MAX_ACCEPTED = 1024;

  /** Computations that wait, each with a connection; those beyond are refused. */
  static final int MAX_WAITING = 4096;

  private static final long IDLE_SECONDS = 10;

  private final Semaphore accepted = new Semaphore(MAX_ACCEPTED);
  private final ScheduledThreadPoolExecutor deadlines;
  private final ThreadPoolExecutor computing;

  /** Threads start when they are needed and are daemons. */
  public Handshakes() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    computing =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            daemons("heddle-handshake"),
            new ThreadPoolExecutor.AbortPolicy());
    computing.allowCoreThreadTimeOut(true);
    deadlines = new ScheduledThreadPoolExecutor(1, daemons("heddle-handshake-deadlines"));
    deadlines.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Runs something that computes, on a thread that serves nothing else.
   *
   * @throws RejectedExecutionException {@link #MAX_WAITING} wait already
   */
  void compute(Runnable task) {
    computing.execute(task);
  }

  /** Runs something short, later. */
  Future<?> after(long nanos, Runnable action) {
    return deadlines.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /** Whether one more accepted handshake may begin; {@link #ended} is to be called after it. */
  boolean begins() {
    return accepted.tryAcquire();
  }

  void ended() {
    accepted.release();
  }
}
