package dev.heddle.init.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the system's commands inside a network namespace, one at a time and never for long. */
final class Commands {

  /** Another iptables may hold the lock for 5 s ({@code --wait 5}); the rest is a slow machine. */
  private static final int LIMIT_SECONDS = 15;

  /** Rules of others may be many; more than this is no pod's network namespace. */
  private static final int OUTPUT_BYTES = 16 << 20;

  private final Netns netns;

  Commands(Netns netns) {
    this.netns = netns;
  }

  /** How a command ended, and what it said on either stream. */
  record Outcome(int exit, String said) {
    boolean ok() {
      return exit == 0;
    }

    /** What was said about a failure, on one line. */
    String reason() {
      return said.isBlank() ? "exit code " + exit : said.strip().replaceAll("\\s*\\n\\s*", "; ");
    }
  }

  Outcome run(String... words) throws CaptureException {
    return feed("", words);
  }

  /** Runs a command with a text as its standard input. */
  Outcome feed(String input, String... words) throws CaptureException {
    try {
      Process process =
          new ProcessBuilder(netns.command(List.of(words))).redirectErrorStream(true).start();
      CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      return finish(process, input);
    } catch (IOException e) {
      throw new CaptureException(
          "cannot run "
              + words[0]
              + ": "
              + e.getMessage()
              + "; the image needs iptables, iproute2 and util-linux",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptureException("interrupted while " + words[0] + " ran", e);
    }
  }

  private static Outcome finish(Process process, String input)
      throws IOException, InterruptedException {
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading; what it said tells why.
      }
      String said = new String(out.readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), said);
    }
  }
}
