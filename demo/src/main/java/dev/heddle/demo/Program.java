package dev.heddle.demo;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the demo: its words go to a log, and one of its lines says that it is ready. */
final class Program implements AutoCloseable {

  /** Longest time to start: two cores that start eight JVMs at once, with a lot in reserve. */
  private static final Duration START = Duration.ofSeconds(60);

  /** Longest time to end when asked to; then it is killed. */
  private static final Duration END = Duration.ofSeconds(3);

  private final String name;
  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  /**
   * Starts it.
   *
   * @param readyLine the line by which it says that it is ready; its group is where it listens
   * @param eachLine is told every line, on a thread of its own
   */
  Program(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      Pattern readyLine,
      Consumer<String> eachLine)
      throws IOException {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HEDDLE_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    process = builder.start();
    Thread.ofVirtual().name("log of " + name).start(() -> follow(log, readyLine, eachLine));
  }

  private void follow(Path log, Pattern readyLine, Consumer<String> eachLine) {
    try (BufferedReader lines = process.inputReader();
        Writer copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.append(line).append('\n').flush();
        eachLine.accept(line);
        Matcher matcher = readyLine.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher.group(1));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The pipe broke or the workspace went: either way the program ends or the demo does.
    }
    ready.completeExceptionally(new EOFException());
  }

  /**
   * Waits until it is ready.
   *
   * @return where it listens: the group of the line that said so
   */
  String awaitReady() throws IOException, InterruptedException {
    try {
      return ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(name + " ended before it was ready", e);
    } catch (TimeoutException e) {
      throw new IOException(name + " was not ready after " + START.toSeconds() + " s", e);
    }
  }

  String name() {
    return name;
  }

  /** Asks it to end without waiting. */
  void stop() {
    process.destroy();
  }

  /** Waits for its end; kills it when it takes too long. */
  @Override
  public void close() {
    stop();
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
