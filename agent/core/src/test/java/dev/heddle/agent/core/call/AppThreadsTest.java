package dev.heddle.agent.core.call;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AppThreadsTest {

  private static final int MORE_THAN_FIT = AppThreads.MAX_THREADS + AppThreads.MAX_QUEUED + 500;

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "timers"));
  private final AppThreads threads = new AppThreads(timers);

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void runsAllThatComesWhileItsThreadsAreBlockedAndNothingOnTheTimers() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(MORE_THAN_FIT);
    Set<String> on = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      threads.execute(
          () -> {
            awaitQuietly(go);
            on.add(Thread.currentThread().getName());
            ran.countDown();
          });
    }

    go.countDown();

    assertTrue(ran.await(30, TimeUnit.SECONDS), () -> ran.getCount() + " are lost");
    assertTrue(on.stream().allMatch(name -> name.startsWith("http-callbacks-")), on::toString);
  }

  @Test
  void hasNoMoreThreadsThanItMay() throws Exception {
    CountDownLatch ran = new CountDownLatch(MORE_THAN_FIT);
    Set<Thread> on = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      threads.execute(
          () -> {
            on.add(Thread.currentThread());
            ran.countDown();
          });
    }

    assertTrue(ran.await(30, TimeUnit.SECONDS), () -> ran.getCount() + " are lost");
    assertTrue(on.size() <= AppThreads.MAX_THREADS, on::toString);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
