package dev.heddle.node.outbound;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a call waits for: one thing at a time. On its event loop only. */
final class CallTimer {

  private final EventLoop loop;
  private @Nullable Future<?> running;

  CallTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs that after a time, in place of what it ran for; 0: never. */
  void start(long nanos, Runnable event) {
    stop();
    if (nanos > 0) {
      running = loop.schedule(event, nanos, TimeUnit.NANOSECONDS);
    }
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
