package dev.heddle.e2e.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run to its end.
 *
 * @param words itself and its arguments
 * @param environment beside this process's own
 * @param input what it reads
 */
public record Command(List<String> words, Map<String, String> environment, String input) {

  /** What a run came to. */
  public record Result(int exit, String output, String error) {}

  static Command of(Path program, String... words) {
    return new Command(List.of(program.toString()), Map.of(), "").with(List.of(words));
  }

  Command with(List<String> further) {
    List<String> all = new ArrayList<>(words);
    all.addAll(further);
    return new Command(List.copyOf(all), environment, input);
  }

  Command with(Map<String, String> variables) {
    return new Command(words, variables, input);
  }

  Command withInput(String text) {
    return new Command(words, environment, text);
  }

  /**
   * Runs it.
   *
   * @throws AssertionError if it does not end in that time
   */
  Result run(Duration limit) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<String> output = read(process.getInputStream()::readAllBytes);
    CompletableFuture<String> error = read(process.getErrorStream()::readAllBytes);
    write(process);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " did not end within " + limit);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while this ran: " + words, e);
    }
    // Not destroyed where it has ended: that would close what is still being read.
    return new Result(process.exitValue(), output.join(), error.join());
  }

  /** A program that ends before it has read everything says why by its exit and its words. */
  private void write(Process process) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return;
    }
  }

  /** Runs it, and returns what it printed; an error is an AssertionError. */
  String succeed(Duration limit) throws IOException {
    Result result = run(limit);
    if (result.exit() != 0) {
      throw new AssertionError(
          words + " ended with " + result.exit() + ": " + result.error() + result.output());
    }
    return result.output();
  }

  private interface Source {
    byte[] readAll() throws IOException;
  }

  private static CompletableFuture<String> read(Source source) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            text.complete(new String(source.readAll(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return text;
  }
}
