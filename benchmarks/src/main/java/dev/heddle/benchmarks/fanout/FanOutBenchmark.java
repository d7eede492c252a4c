package dev.heddle.benchmarks.fanout;

import dev.heddle.benchmarks.process.ControlProcess;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Memory;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The rows of the control service: a change that all clients follow. */
public final class FanOutBenchmark {

  private static final int CLIENTS = 2_000;
  private static final int HOSTS_PER_CLIENT = 20;

  private final Home home;
  private final int changes;
  private final Samples samples;
  private final Consumer<String> progress;

  /**
   * Puts what it measures into the samples.
   *
   * @param changes how often an endpoint changes; at most 200
   */
  public FanOutBenchmark(Home home, int changes, Samples samples, Consumer<String> progress) {
    this.home = home;
    this.changes = changes;
    this.samples = samples;
    this.progress = progress;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws IOException, InterruptedException {
    try (Workspace workspace = new Workspace()) {
      FanOutMesh mesh = new FanOutMesh(workspace);
      try (ControlProcess control =
              new ControlProcess(home, mesh.folder(), workspace.folder("logs"));
          Crowd crowd = new Crowd(control.address())) {
        Map<String, Double> before = memory(control);
        progress.accept("fan-out: " + CLIENTS + " clients connect");
        crowd.connect();
        Map<String, Double> after = memory(control);
        samples.add(FanOutRows.MEMORY, 0, FanOutRows.WITHOUT, before);
        samples.add(FanOutRows.MEMORY, 0, FanOutRows.WITH, after);
        progress.accept("fan-out: " + changes + " changes of an endpoint");
        for (int change = 0; change < changes; change++) {
          crowd.follow(mesh, change);
        }
      }
    }
    return new FanOutRows(samples, CLIENTS, HOSTS_PER_CLIENT).all();
  }

  private static Map<String, Double> memory(ControlProcess control) throws IOException {
    return Map.of(
        FanOutRows.HEAP, Memory.liveHeapMegabytes(Java.own(), control.pid()),
        FanOutRows.RESIDENT, Memory.residentMegabytes(control.pid()));
  }

  /** All clients. */
  private final class Crowd implements AutoCloseable {
    private final String control;
    private volatile Arrivals expected = next(0, 0);
    private final AtomicLong bytes = new AtomicLong();
    private final List<SimulatedClient> clients = new ArrayList<>();

    Crowd(String control) {
      this.control = control;
    }

    private static Arrivals next(int host, int endpoint) {
      return new Arrivals(FanOutMesh.address(host, endpoint), CLIENTS);
    }

    void connect() throws IOException, InterruptedException {
      long start = System.nanoTime();
      for (int i = 0; i < CLIENTS; i++) {
        SimulatedClient client =
            new SimulatedClient(
                i, control, FanOutMesh.followedBy(i, HOSTS_PER_CLIENT), () -> expected, bytes);
        clients.add(client);
        client.start();
      }
      keep(FanOutRows.CONNECT, 0, expected.awaitAll(start));
    }

    void follow(FanOutMesh mesh, int change) throws IOException, InterruptedException {
      Arrivals arrivals = next(FanOutMesh.HOSTS, change);
      expected = arrivals;
      long start = System.nanoTime();
      mesh.change(arrivals.address());
      keep(FanOutRows.CHANGE, change, arrivals.awaitAll(start));
    }

    private void keep(String experiment, int round, double[] millis) {
      samples.add(
          experiment,
          round,
          FanOutRows.WITH,
          Map.of(
              FanOutRows.MEDIAN_CLIENT, millis[CLIENTS / 2],
              FanOutRows.LAST_CLIENT, millis[CLIENTS - 1],
              FanOutRows.BYTES_PER_CLIENT, bytes.getAndSet(0) / (double) CLIENTS));
    }

    @Override
    public void close() {
      clients.forEach(SimulatedClient::close);
    }
  }
}
