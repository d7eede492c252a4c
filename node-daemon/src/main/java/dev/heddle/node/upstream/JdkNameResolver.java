package dev.heddle.node.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's resolver, which blocks and keeps answers for 30 s, on threads of its own. */
public final class JdkNameResolver implements NameResolver, AutoCloseable {

  /** Questions under way: each may block for as long as resolv.conf says. */
  private static final int THREADS = 4;

  /** Questions that wait; more are refused, for nobody waits that long. */
  private static final int MAX_QUEUED = 1_000;

  private static final int IDLE_SECONDS = 30;

  private final ExecutorService threads;

  /** Threads begin with the first question. */
  public JdkNameResolver() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_QUEUED),
            Thread.ofPlatform().daemon().name("heddle-resolver-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  @Override
  public CompletableFuture<InetAddress> resolve(String name) {
    try {
      return CompletableFuture.supplyAsync(() -> ask(name), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new UnknownHostException(
              name + ": too many questions wait (expected: at most " + MAX_QUEUED + ")"));
    }
  }

  private static InetAddress ask(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
