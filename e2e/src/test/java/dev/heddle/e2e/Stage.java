package dev.heddle.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a scenario plays: its client, the scenario's host, the servers' log. */
public final class Stage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestClient caller;
  private final String client;
  private final String host;
  private final Upstreams upstreams;
  private String lastId = "";

  /**
   * A stage for one scenario.
   *
   * @param client the name of the caller
   */
  public Stage(TestClient caller, String client, String host, Upstreams upstreams) {
    this.caller = caller;
    this.client = client;
    this.host = host;
    this.upstreams = upstreams;
  }

  /** The name of the client. */
  String client() {
    return client;
  }

  String host() {
    return host;
  }

  /** What stands in rules for {@code ${name}}: a port, a file, an address. */
  String value(String name) {
    return Objects.requireNonNull(upstreams.values().get(name), name);
  }

  /** What stands in rules as the port {@code ${doorway}}, in front of v1. */
  Doorway doorway() {
    return upstreams.doorway();
  }

  /** The URL of a path at the scenario's host. */
  String url(String path) {
    return "http://" + host + ":9080" + path;
  }

  /** GET from the scenario's host. */
  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return call("GET", url(path), null, headers);
  }

  /** GET by a client that follows redirects and keeps cookies. */
  Answer browse(String path, String... headers) throws IOException, InterruptedException {
    return call(ask("GET", url(path), headers).asBrowser());
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return call("POST", url(path), body, headers);
  }

  Answer call(String method, String url, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    return call(ask(method, url, headers).sending(body));
  }

  /** A GET that the app itself gives so long. */
  Answer getWithin(int millis, String path, String... headers)
      throws IOException, InterruptedException {
    return call(ask("GET", url(path), headers).within(millis));
  }

  /** A call with a name, so that its attempts can be looked up. */
  Answer call(Ask ask) throws IOException, InterruptedException {
    lastId = UUID.randomUUID().toString();
    ask.headers().put(Upstream.ID, lastId);
    return caller.call(ask);
  }

  /** So many GETs, one after the other. */
  Summary many(int calls, String path, String... headers) throws IOException, InterruptedException {
    return manyAtOnce(calls, 1, path, headers);
  }

  /** So many GETs in each of so many threads. */
  Summary manyAtOnce(int calls, int threads, String path, String... headers)
      throws IOException, InterruptedException {
    return callMany(ask("GET", url(path), headers).times(calls, threads));
  }

  Summary callMany(Ask ask) throws IOException, InterruptedException {
    return caller.callMany(ask);
  }

  /** A call to make; headers are pairs of name and value. */
  public static Ask ask(String method, String url, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return Ask.of(method, url, all);
  }

  /** The attempts of the last call that arrived anywhere. */
  List<Received> attempts() {
    return attempts(lastId);
  }

  /** The attempts of a call of this name. */
  List<Received> attempts(String id) {
    return upstreams.log().attempts(id);
  }

  /** Waits until so many requests of the last call arrived. */
  List<Received> awaitAttempts(int count) throws Exception {
    Await.until(count + " attempts, seen " + attempts(), () -> attempts().size() >= count);
    return attempts();
  }

  /**
   * How a call failed, in words; empty: it did not. An app with an agent gets its library's error,
   * a program behind the daemon gets 503 with the reason.
   */
  static String failure(Answer answer) {
    if (answer.error() != null) {
      return answer.error() + ": " + answer.body();
    }
    String reason = answer.header("heddle-reason");
    return answer.status() == 503 && !reason.isEmpty() ? reason + ": " + answer.body() : "";
  }

  /** The request as the server that answered got it. */
  static Received received(Answer answer) throws JsonProcessingException {
    return JSON.readValue(answer.body(), Received.class);
  }
}
