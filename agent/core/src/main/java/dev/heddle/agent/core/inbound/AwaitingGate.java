package dev.heddle.agent.core.inbound;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Before the control service has said who may call: requests wait for it as first calls do for
 * their routes. Behind that MODE decides: strict refuses them, permissive lets them pass.
 */
final class AwaitingGate implements RequestGate {

  private final CountDownLatch known = new CountDownLatch(1);
  private final LongSupplier nanoTime;
  private final long deadline;
  private final boolean strict;

  AwaitingGate(long waitNanos, boolean strict, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.deadline = nanoTime.getAsLong() + waitNanos;
    this.strict = strict;
  }

  /** The gate that follows this one is in its place. */
  void end() {
    known.countDown();
  }

  @Override
  public @Nullable Refusal judge(InboundRequest request) {
    if (await()) {
      return InboundGate.judge(request);
    }
    return strict ? Refusal.NOT_READY : null;
  }

  /** Permissive lets them in once it has waited. */
  @Override
  public boolean refuses() {
    return strict;
  }

  private boolean await() {
    try {
      return known.await(deadline - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
