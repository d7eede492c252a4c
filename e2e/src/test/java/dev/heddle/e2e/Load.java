package dev.heddle.e2e;

import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.IOException;
import java.util.Map;

/** Threads that call a host until told to end. */
final class Load implements AutoCloseable {

  private final ProbeProcess probe;
  private boolean ended;

  Load(ProbeProcess probe, int threads, String host) throws IOException {
    this.probe = probe;
    probe.start(Ask.of("GET", "http://" + host + ":9080/", Map.of()).untilTold(threads));
  }

  /** Ends it and says what came of all calls. */
  Summary end() throws IOException, InterruptedException {
    ended = true;
    return probe.stop();
  }

  @Override
  public void close() throws IOException {
    try {
      if (!ended) {
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
