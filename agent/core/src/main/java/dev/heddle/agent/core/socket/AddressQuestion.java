package dev.heddle.agent.core.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the control service was asked about an address. All connections that come before its answer
 * wait for it, together no longer than one would.
 */
public final class AddressQuestion {

  private final CompletableFuture<Void> answer;
  private final long deadlineNanos;
  private final LongAdder unanswered;

  /**
   * One that was just put.
   *
   * @param deadlineNanos of {@code System.nanoTime}
   * @param unanswered counts connections that waited in vain
   */
  AddressQuestion(CompletableFuture<Void> answer, long deadlineNanos, LongAdder unanswered) {
    this.answer = answer;
    this.deadlineNanos = deadlineNanos;
    this.unanswered = unanswered;
  }

  /** Whether there is nothing to wait for any more. */
  boolean isOver() {
    return answer.isDone() || nanosLeft() <= 0;
  }

  private long nanosLeft() {
    return deadlineNanos - System.nanoTime();
  }

  /** Whether control has said nothing in time. */
  boolean isUnanswered() {
    return !answer.isDone() && nanosLeft() <= 0;
  }

  /** Waits; an app that interrupts goes on with what is known. */
  void await() {
    try {
      answer.get(Math.max(0, nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      unanswered.increment(); // what is known holds
    }
  }

  /** Has the action run once, on a thread for handshakes, when there is nothing to wait for. */
  void whenOver(Handshakes handshakes, Runnable action) {
    // What waits is forgotten when it has run: an answer that never comes would keep it.
    AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>(action);
    Runnable once =
        () -> {
          Runnable next = waiting.getAndSet(null);
          if (next != null) {
            run(handshakes, next);
          }
        };
    Runnable late =
        () -> {
          if (waiting.get() != null) {
            unanswered.increment();
          }
          once.run();
        };
    Future<?> deadline = handshakes.after(Math.max(0, nanosLeft()), late);
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
