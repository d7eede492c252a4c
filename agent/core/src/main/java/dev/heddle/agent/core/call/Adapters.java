package dev.heddle.agent.core.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where adapters, which the JVM links and nobody constructs, find the pipeline. Beside the seam
 * this is the agent's only static state; it is in the isolated loader and set once.
 */
public final class Adapters {

  private static final CompletableFuture<CallPipeline> PIPELINE = new CompletableFuture<>();
  private static final AtomicReference<@Nullable Consumer<Throwable>> FIRST_FAILURE =
      new AtomicReference<>();
  private static volatile long patienceNanos;
  private static volatile boolean strict;

  private Adapters() {}

  /**
   * The hooks are placed and the pipeline comes soon: first calls wait for it, no longer than this.
   */
  public static void awaitUpTo(long nanos) {
    patienceNanos = nanos;
  }

  /** Strict mode: what the agent itself fails at does not go its own way from now on. */
  public static void refuseWhatFails() {
    strict = true;
  }

  /** Who hears of the first failure of an adapter. */
  public static void onFirstFailure(Consumer<Throwable> listener) {
    FIRST_FAILURE.set(listener);
  }

  /**
   * An adapter failed before it sent anything: the call goes its own way; told once, counted
   * always. In strict mode this throws, and what is woven into the library refuses the call.
   */
  public static void failed(Throwable failure) {
    CallPipeline pipeline = PIPELINE.getNow(null);
    if (pipeline != null) {
      pipeline.metrics().agentFailed();
    }
    Consumer<Throwable> listener = FIRST_FAILURE.getAndSet(null);
    if (listener != null) {
      listener.accept(failure);
    }
    if (strict) {
      throw new IllegalStateException("the Heddle agent failed", failure);
    }
  }

  /** Sets the pipeline. */
  public static void use(CallPipeline pipeline) {
    PIPELINE.complete(pipeline);
  }

  /** The pipeline, or null where the agent is not ready in time: the call goes its own way. */
  public static @Nullable CallPipeline pipeline() {
    return PIPELINE.isDone() ? PIPELINE.join() : await();
  }

  private static @Nullable CallPipeline await() {
    if (Thread.currentThread().getName().startsWith("heddle-")) {
      return null;
    }
    try {
      return PIPELINE.get(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException | ExecutionException e) {
      patienceNanos = 0; // once was enough
      if (strict) {
        throw new IllegalStateException("the Heddle agent is not active; its log says why");
      }
      return null;
    }
  }
}
