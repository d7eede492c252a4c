package dev.heddle.e2e.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads an {@link Ask} a line, answers a line: an {@link Answer}, or a {@link Summary} for many.
 */
public final class Probe {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Client client;
  private final BufferedReader in;

  private Probe(Client client, BufferedReader in) {
    this.client = client;
    this.in = in;
  }

  /** Arguments: name of the client, and "follow" if it is to follow redirects. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean follow = arguments.length > 1 && arguments[1].equals("follow");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Probe probe = new Probe(Client.of(arguments[0], follow), in);
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Ask ask = JSON.readValue(line, Ask.class);
      Object answer = ask.calls() == 1 && !ask.untilTold() ? probe.call(ask) : probe.callMany(ask);
      System.out.println(JSON.writeValueAsString(answer));
    }
  }

  private Answer call(Ask ask) {
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = client.call(ask);
    } catch (Exception e) { // whatever the library throws is what the test wants to know
      answer =
          new Answer(0, Map.of(), String.valueOf(e.getMessage()), "", e.getClass().getName(), 0);
    }
    double millis = (System.nanoTime() - start) / 1e6;
    return new Answer(
        answer.status(), answer.headers(), answer.body(), answer.uri(), answer.error(), millis);
  }

  private Summary callMany(Ask ask) throws InterruptedException, IOException {
    Summary summary = Summary.empty();
    AtomicBoolean told = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ask.threads(); i++) {
      Thread thread = new Thread(() -> callAgain(ask, told, summary));
      thread.start();
      threads.add(thread);
    }
    if (ask.untilTold()) {
      in.readLine();
      told.set(true);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return summary;
  }

  private void callAgain(Ask ask, AtomicBoolean told, Summary summary) {
    for (int i = 0; ask.untilTold() ? !told.get() : i < ask.calls(); i++) {
      long started = System.currentTimeMillis();
      summary.add(call(ask).word(), started);
    }
  }
}
