package dev.heddle.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is spoken to by lines; what it says on stderr goes to a log. */
public final class Child implements AutoCloseable {

  private static final Duration END = Duration.ofSeconds(5);

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Starts it, without the settings that this process may have been given for agents. */
  public Child(String name, List<String> command, Map<String, String> environment, Path logs)
      throws IOException {
    this.name = name;
    this.log = Files.createTempFile(logs, name, ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HEDDLE_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    process = builder.start();
    in = process.outputWriter();
    Thread.ofVirtual().name("lines of " + name).start(this::read);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException | UncheckedIOException e) {
      // The process ends: whoever waits for a line is told below.
    }
  }

  /** Says a line. */
  public void say(String line) throws IOException {
    in.append(line).append('\n').flush();
  }

  /** The next line that begins so, without that beginning; IOException if none comes in time. */
  public String answer(String beginning, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new IOException(
            name
                + " did not say \""
                + beginning
                + "\" within "
                + patience
                + "; its last words:\n"
                + lastWords());
      }
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
  }

  /** The end of what it said and nobody listened to. */
  public String lastWords() throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.addAll(Files.readAllLines(log));
    return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** CPU that all its threads used so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it ends by itself; IOException unless it does so well and in time. */
  public void awaitEnd(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException(name + " did not end within " + patience);
    }
    if (process.exitValue() != 0) {
      throw new IOException(name + " ended with " + process.exitValue() + ":\n" + lastWords());
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
