package dev.heddle.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process to which lines are written and whose lines are read, each with a deadline. */
public final class Forked implements AutoCloseable {

  private static final Duration LINE = Duration.ofSeconds(60);

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Starts it; its stderr goes to the end of a file. */
  public Forked(List<String> command, Map<String, String> environment, Path errors)
      throws IOException {
    this.errors = errors;
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HEDDLE_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    process = builder.start();
    Thread.ofVirtual().start(this::readLines);
  }

  private void readLines() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // the process is gone; who waits for a line is told by the deadline
    }
  }

  /** Sends a line to its stdin. */
  public void write(String line) throws IOException {
    Writer out = process.outputWriter();
    out.write(line + "\n");
    out.flush();
  }

  /** The next line of its stdout. */
  public String read() throws IOException, InterruptedException {
    long end = System.nanoTime() + LINE.toNanos();
    String line = lines.poll(100, TimeUnit.MILLISECONDS);
    while (line == null && process.isAlive() && System.nanoTime() < end) {
      line = lines.poll(100, TimeUnit.MILLISECONDS);
    }
    if (line == null) {
      line = lines.poll(1, TimeUnit.SECONDS); // what it said last, if it has ended
    }
    if (line == null) {
      throw new IllegalStateException(
          (process.isAlive() ? "no line in " + LINE : "it ended") + "; stderr:\n" + errors());
    }
    return line;
  }

  /** What it wrote to stderr until now. */
  public String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Asks it to end, and returns its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LINE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end within " + LINE);
    }
    return process.exitValue();
  }

  /** Of the process. */
  public long pid() {
    return process.pid();
  }

  /** Kills it as a crash would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
