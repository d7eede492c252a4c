package dev.heddle.node.dns;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of queries, for {@code /metrics}. Safe for all threads. */
public final class DnsCounts {

  final LongAdder mesh = new LongAdder();
  final LongAdder forwarded = new LongAdder();
  final LongAdder answered = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  final LongAdder dropped = new LongAdder();

  /** Queries for names of the mesh, which it answered itself. */
  public long mesh() {
    return mesh.sum();
  }

  /** Queries that were sent to a pod's resolver. */
  public long forwarded() {
    return forwarded.sum();
  }

  /** Queries that a resolver answered. */
  public long answered() {
    return answered.sum();
  }

  /** Queries that no resolver answered in time. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Queries that were dropped: too many under way, or no queries at all. */
  public long dropped() {
    return dropped.sum();
  }
}
