package dev.heddle.agent.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleSweepsTest {

  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NEVER = TimeUnit.HOURS.toNanos(1);

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final IdleSweeps sweeps = new IdleSweeps(timers, Runnable::run);
  private final BlockingQueue<Integer> left = new LinkedBlockingQueue<>();
  private final Object pool = new Object();

  @AfterEach
  void end() {
    timers.shutdownNow();
  }

  private boolean swept(int connections) {
    left.add(connections);
    return connections > 0;
  }

  private int next() throws InterruptedException {
    Integer connections = left.poll(10, TimeUnit.SECONDS);
    assertThat(connections).as("a sweep within 10 s").isNotNull();
    return connections;
  }

  @Test
  void aPoolIsSweptUntilNothingIsLeft() throws InterruptedException {
    AtomicInteger connections = new AtomicInteger(3);
    Predicate<Object> sweep = p -> swept(connections.decrementAndGet());
    sweeps.keeps(pool, SOON, sweep);

    assertThat(next()).isEqualTo(2);
    assertThat(next()).isEqualTo(1);
    assertThat(next()).isZero();

    connections.set(8);
    sweeps.keeps(pool, SOON, sweep);
    assertThat(next()).isEqualTo(7);
  }

  @Test
  void aShorterTimeDoesNotWaitForALongerOne() throws InterruptedException {
    sweeps.keeps(pool, NEVER, p -> swept(1));
    sweeps.keeps(pool, SOON, p -> swept(0));

    assertThat(next()).isZero();
  }
}
