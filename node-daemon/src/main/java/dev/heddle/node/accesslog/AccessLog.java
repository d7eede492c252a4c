package dev.heddle.node.accesslog;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes entries from all event loops at once and writes them from a thread of its own. */
public final class AccessLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node.accesslog");

  /** Entries that wait for a slow disk, some 500 B each; what comes then is dropped. */
  static final int MAX_WAITING = 8_192;

  /** Between looks for the end where nothing is to be written. */
  private static final long LOOK_MILLIS = 100;

  /** What was taken when the daemon ends is written for so long. */
  private static final long END_MILLIS = 1_000;

  private final BlockingQueue<AccessEntry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final AccessLines lines;
  private final Thread writer;
  private volatile boolean closed;
  private boolean failing;

  /** Owns the stream from here on. */
  AccessLog(OutputStream out) throws IOException {
    lines = new AccessLines(new BufferedOutputStream(out));
    writer = Thread.ofPlatform().name("heddle-access-log").daemon().start(this::run);
  }

  /**
   * Appends to a file, which may be truncated meanwhile (copytruncate of logrotate); {@code -} is
   * stdout.
   */
  public static AccessLog open(String file) throws IOException {
    return new AccessLog(
        file.equals("-")
            ? new FileOutputStream(FileDescriptor.out)
            : Files.newOutputStream(
                Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Takes one, or drops it; never waits. */
  public void write(AccessEntry entry) {
    if (!waiting.offer(entry)) {
      dropped.increment();
    }
  }

  /** Entries that were not written. */
  public long dropped() {
    return dropped.sum();
  }

  private void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        AccessEntry next = waiting.poll();
        if (next == null) {
          flush();
          next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (next != null) {
          write(next, lines);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does: it would close a file under a write
    }
    flush();
  }

  private void write(AccessEntry entry, AccessLines to) {
    try {
      to.write(entry);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void flush() {
    try {
      lines.flush();
      failing = false;
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    dropped.increment();
    if (!failing) {
      failing = true;
      LOG.warn("access log: lines are lost until it can be written again: {}", e.toString());
    }
  }

  /** Writes what was taken, and ends. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(END_MILLIS);
      lines.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failed(e);
    }
  }
}
