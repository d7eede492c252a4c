package dev.heddle.e2e.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that calls a URL without pause, and says in the end what came of it. */
final class Load implements AutoCloseable {

  private static final int CONNECTIONS = 16;
  private static final Pattern WRK_CALLS = Pattern.compile("(\\d+) requests in");
  private static final Pattern WRK_FAILED = Pattern.compile("Non-2xx.*|Socket errors.*");
  private static final Pattern H2LOAD_CALLS = Pattern.compile("(\\d+) succeeded");
  private static final Pattern H2LOAD_FAILED =
      Pattern.compile("[1-9]\\d* (failed|errored|timeout|3xx|4xx|5xx)");

  /** A program of its own kind. */
  enum Kind {
    WRK("wrk, HTTP/1.1", WRK_CALLS, WRK_FAILED),
    H2LOAD("h2load, HTTP/2", H2LOAD_CALLS, H2LOAD_FAILED);

    private final String words;
    private final Pattern calls;
    private final Pattern failed;

    Kind(String words, Pattern calls, Pattern failed) {
      this.words = words;
      this.calls = calls;
      this.failed = failed;
    }

    private List<String> command(String url) {
      String connections = Integer.toString(CONNECTIONS);
      return this == WRK
          ? List.of("wrk", "-t1", "-c" + connections, "-d" + LONG + "s", "--timeout", "5s", url)
          : List.of("h2load", "-t1", "-c2", "-m" + CONNECTIONS / 2, "-D" + SHORT, url);
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Longer than anything takes that is looked at; wrk can be told to end before. */
  private static final String LONG = "60";

  /** h2load cannot. */
  private static final String SHORT = "5";

  private final Kind kind;
  private final Process process;

  /** Starts it. */
  Load(Kind kind, Programs programs, String url, Path errors) throws IOException {
    this.kind = kind;
    this.process = programs.program(kind.command(url), errors).start();
  }

  /**
   * Ends it where that can be, else waits for its end; how many calls were made, where none failed.
   */
  int calls() throws IOException, InterruptedException {
    if (kind == Kind.WRK) {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
    String said;
    try (var reader = process.inputReader()) {
      said = reader.readAllAsString();
    }
    int exit = process.waitFor();
    Matcher calls = kind.calls.matcher(said);
    if (exit != 0 || kind.failed.matcher(said).find() || !calls.find()) {
      throw new AssertionError(kind + " ended with " + exit + " and said:\n" + said);
    }
    return Integer.parseInt(calls.group(1));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
