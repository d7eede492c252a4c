package dev.heddle.benchmarks.call;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Java;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link Worker} in a JVM of its own. */
public final class WorkerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Child child;

  /**
   * Starts it.
   *
   * @param hosts a file that gives the names their address, so that both arms call the same URLs
   * @param agent options that put the agent in; empty: without
   */
  public WorkerProcess(
      String library, Path hosts, List<String> agent, Map<String, String> environment, Path logs)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Java.own().command());
    command.addAll(agent);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx256m",
            "-Xmn192m",
            "-Dhttp.maxConnections=" + Client.MAX_CONNECTIONS,
            "-Djdk.net.hosts.file=" + hosts,
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            library));
    child = new Child("worker", command, environment, logs);
  }

  /** The status of one call. */
  public int probe(String uri) throws IOException, InterruptedException {
    return (int) (double) ask("probe " + uri).getOrDefault("status", 0.0);
  }

  /** Calls one after the other. */
  public Map<String, Double> calls(String uri, int count) throws IOException, InterruptedException {
    return ask("calls " + uri + ' ' + count);
  }

  /** Threads that call as fast as they can. */
  public Map<String, Double> loop(String uri, int threads, int millis)
      throws IOException, InterruptedException {
    return ask("loop " + uri + ' ' + threads + ' ' + millis);
  }

  /** So many calls a second, whether answers come or not. */
  public Map<String, Double> pace(String uri, int perSecond, int millis)
      throws IOException, InterruptedException {
    return ask("pace " + uri + ' ' + perSecond + ' ' + millis);
  }

  /** One long body. */
  public Map<String, Double> bulk(String uri) throws IOException, InterruptedException {
    return ask("bulk " + uri);
  }

  /** Opens connections, makes a call on each, and keeps them. */
  public void hold(String uri, int count) throws IOException, InterruptedException {
    ask("hold " + uri + ' ' + count);
  }

  /** The process. */
  public Child process() {
    return child;
  }

  private Map<String, Double> ask(String order) throws IOException, InterruptedException {
    child.say(order);
    Map<String, Double> values = new HashMap<>();
    for (String value : child.answer("result ", PATIENCE).split(" ", -1)) {
      int equals = value.indexOf('=');
      values.put(value.substring(0, equals), Double.valueOf(value.substring(equals + 1)));
    }
    return values;
  }

  @Override
  public void close() {
    child.close();
  }
}
