package dev.heddle.e2e.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads an {@link Ask} a line, answers a line: an {@link Answer}, or a {@link Summary} for many.
 */
public final class Probe {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Client client;
  private final Client browser;
  private final BufferedReader in;

  private Probe(String name, BufferedReader in) {
    this.name = name;
    this.client = Client.of(name, false, null);
    this.browser = Client.of(name, true, null);
    this.in = in;
  }

  /** Argument: name of the client. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Probe probe = new Probe(arguments[0], in);
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Ask ask = JSON.readValue(line, Ask.class);
      Object answer = ask.repeat().equals(Ask.Repeat.ONCE) ? probe.call(ask) : probe.callMany(ask);
      System.out.println(JSON.writeValueAsString(answer));
    }
  }

  private Answer call(Ask ask) {
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = client(ask.options()).call(ask);
    } catch (Exception e) { // whatever the library throws is what the test wants to know
      answer = Answer.failed(e);
    }
    return answer.after(System.nanoTime() - start);
  }

  private Client client(Ask.Options options) {
    if (options.proxyPort() > 0) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return Client.of(name, false, new InetSocketAddress(loopback, options.proxyPort()));
    }
    return options.browsing() ? browser : client;
  }

  private Summary callMany(Ask ask) throws InterruptedException, IOException {
    Summary summary = Summary.empty();
    AtomicBoolean told = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ask.repeat().threads(); i++) {
      Thread thread = new Thread(() -> callAgain(ask, told, summary));
      thread.start();
      threads.add(thread);
    }
    if (ask.repeat().untilTold()) {
      in.readLine();
      told.set(true);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return summary;
  }

  private void callAgain(Ask ask, AtomicBoolean told, Summary summary) {
    Ask.Repeat repeat = ask.repeat();
    for (int i = 0; repeat.untilTold() ? !told.get() : i < repeat.calls(); i++) {
      long started = System.currentTimeMillis();
      Answer answer = call(ask);
      boolean failed = answer.error() != null;
      summary.add(failed ? answer.error() + ": " + answer.body() : answer.word(), started);
    }
  }
}
