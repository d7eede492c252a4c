package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.call.WorkerProcess;
import dev.heddle.benchmarks.process.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One way from a client to a server.
 *
 * @param name of the arm
 * @param client who calls
 * @param url of a path
 * @param processes all through which a call goes, the client's too
 */
record Lane(String name, WorkerProcess client, UnaryOperator<String> url, List<Child> processes) {

  /** Connections that were idle too long are made anew before a steady rate is one. */
  private static final int LEAD_IN_MILLIS = 1_000;

  Map<String, Double> calls(int count) throws IOException, InterruptedException {
    return client.calls(url.apply("/"), count);
  }

  Map<String, Double> loop(int threads, int millis) throws IOException, InterruptedException {
    return client.loop(url.apply("/kilobyte"), threads, millis);
  }

  Map<String, Double> bulk() throws IOException, InterruptedException {
    return client.bulk(url.apply("/bulk"));
  }

  /** With the processor time that all its processes took for a call. */
  Map<String, Double> pace(int perSecond, int millis) throws IOException, InterruptedException {
    client.pace(url.apply("/"), perSecond, LEAD_IN_MILLIS);
    Duration before = cpu();
    Map<String, Double> paced = client.pace(url.apply("/"), perSecond, millis);
    Map<String, Double> values = new HashMap<>(paced);
    values.put(
        "processorNanosPerCall", cpu().minus(before).toNanos() / paced.getOrDefault("calls", 1.0));
    return values;
  }

  private Duration cpu() {
    return processes.stream().map(Child::cpu).reduce(Duration.ZERO, Duration::plus);
  }
}
