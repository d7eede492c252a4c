package dev.heddle.control.watch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a directory: every change of its files becomes a new state, told on one thread. */
public final class DirectoryWatch implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  /** Quiet time after an event, so that an editor's several writes are read as one. */
  private static final long SETTLE_MILLIS = 30;

  /** A change is read after this time even while files keep changing. */
  private static final long MAX_DEBOUNCE_MILLIS = 100;

  /**
   * Where events get lost (network file systems, symlink swaps) the directory is read this often.
   */
  private static final long POLL_MILLIS = 500;

  private final Path directory;
  private final ConfigListener listener;
  private final DirectoryReader reader;
  private final WatchService events;
  private final Thread thread;
  private volatile boolean closed;
  private boolean registered;
  private DirectoryReader.Reading last;
  private String lastFailure = "";

  private DirectoryWatch(Path directory, ConfigListener listener) throws IOException {
    this.directory = directory;
    this.listener = listener;
    this.reader = new DirectoryReader(directory, InstantSource.system());
    this.events = directory.getFileSystem().newWatchService();
    this.thread = new Thread(this::follow, "heddle-watch");
    register();
    this.last = reader.read();
  }

  /**
   * Reads the directory once, tells the listener, then follows it. IOException if it can't be read.
   */
  public static DirectoryWatch start(Path directory, ConfigListener listener) throws IOException {
    DirectoryWatch watch = new DirectoryWatch(directory, listener);
    listener.changed(watch.last.state(), watch.last.problems());
    watch.thread.start();
    return watch;
  }

  private void follow() {
    while (!closed) {
      try {
        awaitChange();
        readAgain();
      } catch (InterruptedException | ClosedWatchServiceException e) {
        return;
      }
    }
  }

  private void awaitChange() throws InterruptedException {
    long patience = reader.holds() ? DirectoryReader.GONE_HOLD.toMillis() : POLL_MILLIS;
    WatchKey key = events.poll(patience, TimeUnit.MILLISECONDS);
    long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_DEBOUNCE_MILLIS);
    while (key != null) {
      key.pollEvents();
      registered = key.reset();
      key = System.nanoTime() < latest ? events.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS) : null;
    }
  }

  private void readAgain() {
    try {
      register();
      DirectoryReader.Reading next = reader.read();
      lastFailure = "";
      if (!next.equals(last)) {
        listener.changed(next.state(), next.problems());
        last = next;
      }
    } catch (IOException e) {
      failed(directory + " cannot be read, what it said before holds: " + e);
    } catch (RuntimeException e) {
      // The watch must outlive any one change; the state before stays in force.
      failed("a change of " + directory + " could not be taken, what it said before holds: " + e);
    }
  }

  /** A directory that was removed and made again needs a new registration. */
  private void register() throws IOException {
    if (!registered) {
      directory.register(
          events,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      registered = true;
    }
  }

  /** A failure that lasts is told once, not at every poll. */
  private void failed(String failure) {
    if (!failure.equals(lastFailure)) {
      LOG.error("{}", failure);
      lastFailure = failure;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    events.close();
  }
}
