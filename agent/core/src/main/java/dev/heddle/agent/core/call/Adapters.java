package dev.heddle.agent.core.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where adapters, which the JVM links and nobody constructs, find the pipeline. Beside the seam
 * this is the agent's only static state; it is in the isolated loader and set once.
 */
public final class Adapters {

  private static final CompletableFuture<CallPipeline> PIPELINE = new CompletableFuture<>();
  private static volatile long patienceNanos;

  private Adapters() {}

  /**
   * The hooks are placed and the pipeline comes soon: first calls wait for it, no longer than this.
   */
  public static void awaitUpTo(long nanos) {
    patienceNanos = nanos;
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
      return null;
    }
  }
}
