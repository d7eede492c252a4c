package dev.heddle.agent.core.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the control service was asked about an address. All connections that come before its answer
 * wait for it, together no longer than one would.
 */
public final class AddressQuestion {

  private final CompletableFuture<Void> answer;
  private final long deadlineNanos;

  /** The deadline is one of {@code System.nanoTime}. */
  AddressQuestion(CompletableFuture<Void> answer, long deadlineNanos) {
    this.answer = answer;
    this.deadlineNanos = deadlineNanos;
  }

  /** Whether there is nothing to wait for any more. */
  boolean isOver() {
    return answer.isDone() || nanosLeft() <= 0;
  }

  private long nanosLeft() {
    return deadlineNanos - System.nanoTime();
  }

  /** Waits; an app that interrupts goes on with what is known. */
  void await() {
    try {
      answer.get(Math.max(0, nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return; // nobody answers: what is known holds
    }
  }

  /** Has the action run once, on a thread for handshakes, when there is nothing to wait for. */
  void whenOver(Handshakes handshakes, Runnable action) {
    AtomicBoolean first = new AtomicBoolean();
    Runnable once =
        () -> {
          if (first.compareAndSet(false, true)) {
            run(handshakes, action);
          }
        };
    Future<?> deadline = handshakes.after(Math.max(0, nanosLeft()), once);
    CompletableFuture<Void> unused =
        answer.whenComplete(
            (nothing, failure) -> {
              deadline.cancel(false);
              once.run();
            });
  }

  private static void run(Handshakes handshakes, Runnable action) {
    try {
      handshakes.compute(action);
    } catch (RejectedExecutionException e) {
      action.run(); // too many wait: on whatever thread this is
    }
  }
}
