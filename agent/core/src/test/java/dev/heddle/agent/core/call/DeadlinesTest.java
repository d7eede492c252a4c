package dev.heddle.agent.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {

  private static final int PATIENCE_SECONDS = 30;
  private static final int THREADS = 8;
  private static final int EACH = 5_000;

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Deadlines deadlines = new Deadlines(timers, System::nanoTime);

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void runsWhatIsDueAndNotBefore() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    long start = System.nanoTime();

    deadlines.in(millis(50), ran::countDown);

    assertTrue(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertTrue(System.nanoTime() - start >= millis(50));
  }

  @Test
  void runsAnEarlierOneThatCameLaterFirst() throws Exception {
    List<String> order = new ArrayList<>();
    CountDownLatch ran = new CountDownLatch(2);

    deadlines.in(millis(300), () -> add(order, "late", ran));
    deadlines.in(millis(20), () -> add(order, "early", ran));

    assertTrue(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(Arrays.asList("early", "late"), order);
  }

  @Test
  void runsNothingThatWasCancelled() throws Exception {
    AtomicInteger cancelled = new AtomicInteger();
    CountDownLatch after = new CountDownLatch(1);

    Deadlines.Timeout timeout = deadlines.in(millis(20), cancelled::incrementAndGet);
    timeout.cancel();
    timeout.cancel();
    deadlines.in(millis(60), after::countDown);

    assertTrue(after.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, cancelled.get());
  }

  @Test
  void takesATimeThatNeverComes() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);

    deadlines.in(Long.MAX_VALUE, () -> {});
    deadlines.in(0, ran::countDown);

    assertTrue(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void losesNoneOfManyThatManyThreadsSetAndCancel() throws Exception {
    CountDownLatch kept = new CountDownLatch(THREADS * EACH / 2);
    AtomicInteger cancelled = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> setAndCancel(kept, cancelled));
      threads.add(thread);
      thread.start();
    }

    assertTrue(kept.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> kept.getCount() + " are lost");
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertFalse(thread.isAlive());
    }
    assertEquals(0, cancelled.get());
  }

  private void setAndCancel(CountDownLatch kept, AtomicInteger cancelled) {
    for (int i = 0; i < EACH / 2; i++) {
      deadlines.in(millis(i % 20), kept::countDown);
      deadlines.in(TimeUnit.MINUTES.toNanos(1), cancelled::incrementAndGet).cancel();
    }
  }

  private static synchronized void add(List<String> order, String name, CountDownLatch ran) {
    order.add(name);
    ran.countDown();
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
