package dev.heddle.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TellingExecutorTest {

  private static final long DEADLINE_SECONDS = 10;

  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final TellingExecutor executor = new TellingExecutor("telling", failures::add);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void whatATaskThrowsIsToldAndTheNextTaskRuns() throws InterruptedException {
    executor.execute(
        () -> {
          throw new IllegalStateException("first");
        });
    Future<?> unused =
        executor.schedule(
            () -> {
              throw new IllegalStateException("second");
            },
            1,
            TimeUnit.MILLISECONDS);

    assertThat(failures.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).hasMessage("first");
    assertThat(failures.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).hasMessage("second");
  }

  @Test
  void itsThreadKeepsNoProgramAlive() throws Exception {
    assertThat(executor.submit(() -> Thread.currentThread().isDaemon()).get()).isTrue();
  }
}
