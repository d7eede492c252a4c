package dev.heddle.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a scenario plays: a client in its JVM, the scenario's host, the servers' log. */
final class Stage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ARRIVAL = Duration.ofSeconds(5);

  private final ProbeProcess probe;
  private final String host;
  private final Upstream.Log log;
  private String lastId = "";

  Stage(ProbeProcess probe, String host, Upstream.Log log) {
    this.probe = probe;
    this.host = host;
    this.log = log;
  }

  String host() {
    return host;
  }

  /** GET from the scenario's host. */
  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return call("GET", "http://" + host + ":9080" + path, null, headers);
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return call("POST", "http://" + host + ":9080" + path, body, headers);
  }

  /** A call with a name, so that its attempts can be looked up. */
  Answer call(String method, String url, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    return probe.call(ask(method, url, body, 0, 1, headers));
  }

  /** A GET that the app itself gives so long. */
  Answer getWithin(int millis, String path, String... headers)
      throws IOException, InterruptedException {
    return probe.call(ask("GET", "http://" + host + ":9080" + path, null, millis, 1, headers));
  }

  /** So many GETs, one after the other. */
  Summary many(int calls, String path, String... headers) throws IOException, InterruptedException {
    return probe.callMany(ask("GET", "http://" + host + ":9080" + path, null, 0, calls, headers));
  }

  private Ask ask(
      String method, String url, @Nullable String body, int timeout, int calls, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    lastId = UUID.randomUUID().toString();
    all.put(Upstream.ID, lastId);
    return new Ask(method, url, all, body, timeout, calls, 1, false);
  }

  /** The attempts of the last call that arrived anywhere. */
  List<Received> attempts() {
    return log.attempts(lastId);
  }

  /** Waits until so many requests of the last call arrived. */
  List<Received> awaitAttempts(int count) throws InterruptedException {
    long end = System.nanoTime() + ARRIVAL.toNanos();
    while (attempts().size() < count && System.nanoTime() < end) {
      Thread.sleep(5); // between two looks
    }
    return attempts();
  }

  /** The request as the server that answered got it. */
  static Received received(Answer answer) throws JsonProcessingException {
    return JSON.readValue(answer.body(), Received.class);
  }
}
