package dev.heddle.agent.core;

import dev.heddle.agent.core.settings.AgentSettings.LogLevel;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Few lines, to stderr, each with a prefix; never stdout, which belongs to the app. */
public final class AgentLog {

  private static final String PREFIX = "[heddle] ";

  private final PrintStream out;
  private final LogLevel level;

  AgentLog(PrintStream out, LogLevel level) {
    this.out = out;
    this.level = level;
  }

  /** Something is not as it should be. */
  public void warn(String line) {
    write(LogLevel.WARN, "warning: " + line);
  }

  /** The agent itself failed; with the place, for whoever mends it. */
  public void failure(String line, Throwable failure) {
    warn(line + ": " + failure);
    for (StackTraceElement frame : failure.getStackTrace()) {
      write(LogLevel.WARN, "  at " + frame);
    }
  }

  /** A library of the agent failed, in a way that it does not come back from. */
  void library(String line, @Nullable Throwable failure) {
    if (failure == null) {
      warn(line);
    } else {
      failure(line, failure);
    }
  }

  /** Something a person may want to know. */
  public void info(String line) {
    write(LogLevel.INFO, line);
  }

  private void write(LogLevel needed, String line) {
    if (level.compareTo(needed) >= 0) {
      out.println(PREFIX + line);
    }
  }
}
