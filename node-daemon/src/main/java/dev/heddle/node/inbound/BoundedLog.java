package dev.heddle.node.inbound;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lines for people, a bounded number of them: callers decide how many there are to write. */
final class BoundedLog {

  /** Enough to see what happens, too few to fill a disk by sending requests. */
  private static final int LINES_A_MINUTE = 60;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private long minute;
  private int lines;
  private long unwritten;

  BoundedLog(Consumer<String> log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.minute = nanoTime.getAsLong();
  }

  /** Whether the next line is to be made, and written: then {@link #write} follows. */
  synchronized boolean takes() {
    long now = nanoTime.getAsLong();
    if (now - minute >= MINUTE_NANOS) {
      minute = now;
      lines = 0;
    }
    if (lines == LINES_A_MINUTE) {
      unwritten++;
      return false;
    }
    lines++;
    return true;
  }

  void write(String line) {
    log.accept(line + missing());
  }

  private synchronized String missing() {
    String missing = unwritten == 0 ? "" : " (" + unwritten + " before it were not written)";
    unwritten = 0;
    return missing;
  }
}
