package dev.heddle.node.capture;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What capture has seen, for metrics. Each may be read at any time. */
public final class CaptureCounts {

  final AtomicInteger open = new AtomicInteger();
  final LongAdder accepted = new LongAdder();
  final LongAdder shed = new LongAdder();
  final LongAdder notRedirected = new LongAdder();
  final LongAdder captured = new LongAdder();
  final LongAdder refused = new LongAdder();

  /** Captured connections that are open. */
  public int open() {
    return open.get();
  }

  /** Connections that servers were given. */
  public long accepted() {
    return accepted.sum();
  }

  /** Connections that were reset because there were too many. */
  public long shed() {
    return shed.sum();
  }

  /** Connections that were made to a listener itself, and closed. */
  public long notRedirected() {
    return notRedirected.sum();
  }

  /** Pods that were taken over. */
  public long captured() {
    return captured.sum();
  }

  /** Hand-overs that came to nothing. */
  public long refused() {
    return refused.sum();
  }
}
