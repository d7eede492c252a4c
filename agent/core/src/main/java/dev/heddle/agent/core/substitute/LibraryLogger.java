package dev.heddle.agent.core.substitute;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code java.util.logging.Logger} in the relocated libraries. The real one would
 * start the app's LogManager before the app names its own, and mix the libraries' lines into the
 * app's log. What ends their work ({@code SEVERE}) goes to the agent's log; what they say otherwise
 * speaks to their developers and is dropped.
 */
public final class LibraryLogger {

  /** Lines of a process: a library that fails over and over must not fill the app's stderr. */
  private static final int MAX_LINES = 20;

  private static final AtomicInteger LINES = new AtomicInteger();

  /** The one thing that loggers of libraries share, as theirs do; set once at the agent's start. */
  private static volatile BiConsumer<String, @Nullable Throwable> log = (line, failure) -> {};

  private final String name;

  private LibraryLogger(String name) {
    this.name = name;
  }

  /** Says where severe lines go. */
  public static void tell(BiConsumer<String, @Nullable Throwable> listener) {
    log = listener;
  }

  /** The logger of a name. */
  public static LibraryLogger getLogger(String name) {
    return new LibraryLogger(name);
  }

  /** Its name. */
  public String getName() {
    return name;
  }

  /** Whether a line of this level goes anywhere. */
  public boolean isLoggable(Level level) {
    return level.intValue() >= Level.SEVERE.intValue();
  }

  /** A line. */
  public void log(Level level, String message) {
    write(level, message, null);
  }

  /** A line about a value. */
  public void log(Level level, String message, @Nullable Object value) {
    write(level, message + " " + value, null);
  }

  /** A line about values. */
  public void log(Level level, String message, @Nullable Object @Nullable [] values) {
    write(level, message + " " + Arrays.toString(values), null);
  }

  /** A line about a failure. */
  public void log(Level level, String message, @Nullable Throwable failure) {
    write(level, message, failure);
  }

  /** A line that was made before. */
  public void log(LogRecord line) {
    write(line.getLevel(), line.getMessage(), line.getThrown());
  }

  /** A line with its place, which is dropped. */
  public void logp(Level level, String type, String method, String message) {
    write(level, message, null);
  }

  /** Dropped. */
  public void warning(String message) {}

  /** Dropped. */
  public void info(String message) {}

  /** Dropped. */
  public void fine(String message) {}

  /** Dropped. */
  public void finer(String message) {}

  /** Dropped. */
  public void finest(String message) {}

  private void write(Level level, String message, @Nullable Throwable failure) {
    if (isLoggable(level) && LINES.getAndIncrement() < MAX_LINES) {
      log.accept(name.substring(name.lastIndexOf('.') + 1) + ": " + message, failure);
    }
  }
}
