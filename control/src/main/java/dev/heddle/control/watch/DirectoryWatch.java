package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigState;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a directory: every change of its files becomes a new state, told on one thread. */
public final class DirectoryWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  /** Quiet time after an event, so that an editor's several writes are read as one. */
  private static final long SETTLE_MILLIS = 30;

  /**
   * Where events get lost (network file systems, symlink swaps) the directory is read this often.
   */
  private static final long POLL_MILLIS = 500;

  /** Hears of states and problems. */
  public interface Listener {

    /** The directory was read and something differs from the last time. */
    void changed(ConfigState state, List<ConfigProblem> problems);
  }

  private final Path directory;
  private final Listener listener;
  private final DirectoryReader reader;
  private final WatchService events;
  private final Thread thread;
  private volatile boolean closed;
  private DirectoryReader.Reading last;

  private DirectoryWatch(Path directory, Listener listener) throws IOException {
    this.directory = directory;
    this.listener = listener;
    this.reader = new DirectoryReader(directory);
    this.events = directory.getFileSystem().newWatchService();
    directory.register(
        events,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
    this.last = reader.read();
    this.thread = new Thread(this::follow, "heddle-watch");
  }

  /**
   * Reads the directory once, tells the listener, then follows it. IOException if it can't be read.
   */
  public static DirectoryWatch start(Path directory, Listener listener) throws IOException {
    DirectoryWatch watch = new DirectoryWatch(directory, listener);
    listener.changed(watch.last.state(), watch.last.problems());
    watch.thread.start();
    return watch;
  }

  private void follow() {
    while (!closed) {
      try {
        WatchKey key = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (key != null) {
          key.pollEvents();
          key.reset();
          key = events.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        readAgain();
      } catch (InterruptedException | java.nio.file.ClosedWatchServiceException e) {
        return;
      }
    }
  }

  private void readAgain() {
    try {
      DirectoryReader.Reading next = reader.read();
      if (!next.equals(last)) {
        last = next;
        listener.changed(next.state(), next.problems());
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be read, what it said before holds: {}", directory, e.toString());
    } catch (RuntimeException e) {
      // The watch must outlive any one change; the state before stays in force.
      LOG.error("a change of {} could not be taken, what it said before holds", directory, e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    events.close();
  }
}
