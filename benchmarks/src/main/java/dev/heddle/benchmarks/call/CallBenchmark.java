package dev.heddle.benchmarks.call;

import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Interval;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The rows of calls: one intercepted GET, the closed loop, and what is not managed. */
public final class CallBenchmark {

  private static final List<String> ADAPTERS =
      List.of("java.net.http", "HttpURLConnection", "HttpClient 5");
  private static final String RAW = "raw socket";

  private static final String PLAIN = "plain";
  private static final String AGENT = "agent";
  private static final int THREADS = 16;
  private static final int WOVEN = 418;

  private final Home home;
  private final CallEffort effort;
  private final Samples samples;
  private final Consumer<String> progress;

  /** Puts what it measures into the samples. */
  public CallBenchmark(Home home, CallEffort effort, Samples samples, Consumer<String> progress) {
    this.home = home;
    this.effort = effort;
    this.samples = samples;
    this.progress = progress;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws IOException, InterruptedException {
    try (Workspace workspace = new Workspace();
        CallMesh mesh = new CallMesh(home, workspace)) {
      for (int round = 0; round < effort.rounds(); round++) {
        for (String adapter : ADAPTERS) {
          progress.accept("calls, round " + (round + 1) + ": " + adapter);
          measure(mesh, adapter, round);
        }
        measureRaw(mesh, round);
      }
    }
    return rows();
  }

  private void measure(CallMesh mesh, String adapter, int round)
      throws IOException, InterruptedException {
    try (WorkerProcess plain = mesh.plain(adapter);
        WorkerProcess agent = mesh.underAgent(adapter)) {
      if (agent.probe(mesh.managed("/probe")) != WOVEN
          || agent.probe(mesh.unmanaged("/probe")) == WOVEN) {
        throw new IOException(adapter + " is not intercepted as the rules say");
      }
      Turns turns = new Turns(plain, agent, round);
      turns.warmUp(mesh.managed("/"));
      turns.calls("GET " + adapter, mesh.managed("/"));
      turns.calls("GET with timeout " + adapter, mesh.managed("/timed"));
      turns.calls("unmanaged " + adapter, mesh.unmanaged("/"));
      turns.loop("loop " + adapter, mesh.managed("/"));
    }
  }

  private void measureRaw(CallMesh mesh, int round) throws IOException, InterruptedException {
    try (WorkerProcess plain = mesh.plain(RAW);
        WorkerProcess agent = mesh.underAgent(RAW)) {
      Turns turns = new Turns(plain, agent, round);
      turns.warmUp(mesh.unmanaged("/"));
      turns.calls("unmanaged " + RAW, mesh.unmanaged("/"));
    }
  }

  /** Two JVMs that take turns; who begins changes, so that being second is nobody's fate. */
  private final class Turns {
    private final WorkerProcess plain;
    private final WorkerProcess agent;
    private final int round;

    Turns(WorkerProcess plain, WorkerProcess agent, int round) {
      this.plain = plain;
      this.agent = agent;
      this.round = round;
    }

    void warmUp(String uri) throws IOException, InterruptedException {
      plain.calls(uri, effort.warmUpCalls());
      agent.calls(uri, effort.warmUpCalls());
    }

    void calls(String experiment, String uri) throws IOException, InterruptedException {
      plain.calls(uri, effort.targetCalls());
      agent.calls(uri, effort.targetCalls());
      for (int slice = 0; slice < effort.slices(); slice++) {
        boolean plainFirst = slice % 2 == 0;
        slice(experiment, plainFirst, uri);
        slice(experiment, !plainFirst, uri);
      }
    }

    private void slice(String experiment, boolean isPlain, String uri)
        throws IOException, InterruptedException {
      WorkerProcess worker = isPlain ? plain : agent;
      samples.add(
          experiment, round, isPlain ? PLAIN : AGENT, worker.calls(uri, effort.callsPerSlice()));
    }

    void loop(String experiment, String uri) throws IOException, InterruptedException {
      plain.loop(uri, THREADS, effort.loopMillis());
      agent.loop(uri, THREADS, effort.loopMillis());
      for (int slice = 0; slice < effort.loopSlices(); slice++) {
        boolean plainFirst = slice % 2 == 0;
        loopSlice(experiment, plainFirst, uri);
        loopSlice(experiment, !plainFirst, uri);
      }
    }

    private void loopSlice(String experiment, boolean isPlain, String uri)
        throws IOException, InterruptedException {
      WorkerProcess worker = isPlain ? plain : agent;
      samples.add(
          experiment,
          round,
          isPlain ? PLAIN : AGENT,
          worker.loop(uri, THREADS, effort.loopMillis()));
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    ADAPTERS.forEach(adapter -> addGet(rows, adapter));
    ADAPTERS.forEach(adapter -> addLoop(rows, adapter));
    ADAPTERS.forEach(adapter -> addUnmanaged(rows, adapter));
    addUnmanaged(rows, RAW);
    return rows;
  }

  private void addGet(List<Row> rows, String adapter) {
    String experiment = "GET " + adapter;
    Interval nanos = samples.added(experiment, AGENT, PLAIN, "nanosPerCall");
    Interval bytes = samples.added(experiment, AGENT, PLAIN, "bytesPerCall");
    double base = samples.of(experiment, PLAIN, "nanosPerCall").median() / 1000;
    rows.add(
        new Row(
            experiment + ": added time",
            micros(nanos) + String.format(Locale.ROOT, " to %.1f", base),
            "< 5 µs",
            Verdict.of(nanos.median() < 5_000)));
    rows.add(
        new Row(
            experiment + ": added allocation",
            bytes.text(0) + " B",
            "< 1024 B",
            Verdict.of(bytes.median() < 1024)));
    rows.add(
        Row.reference(
            experiment + ": added processor time of the client's threads",
            micros(samples.added(experiment, AGENT, PLAIN, "processorNanosPerCall"))));
    rows.add(
        Row.reference(
            experiment + ", rule with a timeout: added time",
            micros(samples.added("GET with timeout " + adapter, AGENT, PLAIN, "nanosPerCall"))));
  }

  private static String micros(Interval nanos) {
    return new Interval(
                nanos.median() / 1000, nanos.low() / 1000, nanos.high() / 1000, nanos.samples())
            .text(2)
        + " µs";
  }

  private void addLoop(List<Row> rows, String adapter) {
    String experiment = "loop " + adapter;
    String what = THREADS + " threads, 100 B, " + adapter;
    Interval throughput = samples.ratio(experiment, AGENT, PLAIN, "callsPerSecond");
    Interval p99 = samples.ratio(experiment, AGENT, PLAIN, "p99Nanos");
    rows.add(
        new Row(
            what + ": throughput",
            throughput.text(3) + " x",
            ">= 0.97 x",
            Verdict.of(throughput.median() >= 0.97)));
    rows.add(
        new Row(what + ": p99", p99.text(3) + " x", "<= 1.05 x", Verdict.of(p99.median() <= 1.05)));
  }

  private void addUnmanaged(List<Row> rows, String client) {
    Interval time = samples.ratio("unmanaged " + client, AGENT, PLAIN, "nanosPerCall");
    rows.add(
        new Row(
            "unmanaged, " + client + ": time",
            time.text(3) + " x",
            "interval holds 1.0",
            Verdict.of(time.holds(1.0))));
  }
}
