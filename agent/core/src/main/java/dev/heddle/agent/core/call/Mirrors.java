package dev.heddle.agent.core.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends copies that nobody waits for; where too many are under way, none. */
public final class Mirrors {

  /** Copies under way at most, queued ones too: each holds a request body and a connection. */
  private static final int MAX_UNDER_WAY = 256;

  /** Threads for copies that block. */
  private static final int MAX_THREADS = 4;

  private static final int IDLE_SECONDS = 30;

  /** Adapters let a copy wait for its answer no longer: Envoy's default for a route. */
  public static final int TIMEOUT_MILLIS = 15_000;

  private final Semaphore permits = new Semaphore(MAX_UNDER_WAY);
  private final CallMetrics metrics;
  private final ThreadPoolExecutor threads;

  Mirrors(CallMetrics metrics) {
    this.metrics = metrics;
    this.threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_UNDER_WAY),
            task -> {
              Thread thread = new Thread(task, "heddle-mirror");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Envoy: the host of a mirrored request gets the suffix -shadow. */
  public static String authority(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.endsWith("]") // an IPv6 address without a port
        ? authority + "-shadow"
        : authority.substring(0, colon) + "-shadow" + authority.substring(colon);
  }

  /** Begins a copy that does not block. */
  void send(Supplier<CompletableFuture<?>> copy) {
    if (!permits.tryAcquire()) {
      metrics.mirrorDropped();
      return;
    }
    try {
      metrics.mirror();
      CompletableFuture<?> unused = copy.get().whenComplete((answer, failure) -> permits.release());
    } catch (RuntimeException e) { // the call itself goes on
      permits.release();
      metrics.mirrorDropped();
    }
  }

  /** Sends a copy that blocks, on a thread of ours. */
  void sendBlocking(BlockingCopy copy) {
    try {
      threads.execute(
          () -> {
            try {
              metrics.mirror();
              copy.send();
            } catch (Exception e) { // nobody waits for it
              metrics.mirrorDropped();
            }
          });
    } catch (RejectedExecutionException e) {
      metrics.mirrorDropped();
    }
  }

  /** A copy that returns when its answer was dropped. */
  interface BlockingCopy {
    void send() throws Exception;
  }
}
