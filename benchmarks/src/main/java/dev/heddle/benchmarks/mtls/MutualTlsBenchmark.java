package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.call.WorkerProcess;
import dev.heddle.benchmarks.process.Child;
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
import java.util.function.Consumer;

/** The rows of mutual TLS: one call, closed loop, steady rate, bulk, idle connections. */
public final class MutualTlsBenchmark {

  static final List<String> ADAPTERS = List.of("HttpURLConnection", "java.net.http");
  static final int THREADS = 16;
  static final int PER_SECOND = 1_000;

  private static final String RAW = "raw socket";

  private final Home home;
  private final MutualTlsEffort effort;
  private final Samples samples;
  private final Consumer<String> progress;

  /** Puts what it measures into the samples. */
  public MutualTlsBenchmark(
      Home home, MutualTlsEffort effort, Samples samples, Consumer<String> progress) {
    this.home = home;
    this.effort = effort;
    this.samples = samples;
    this.progress = progress;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws IOException, InterruptedException {
    try (Workspace workspace = new Workspace();
        MutualTlsMesh mesh = new MutualTlsMesh(home, workspace)) {
      for (int round = 0; round < effort.rounds(); round++) {
        for (String adapter : ADAPTERS) {
          progress.accept("mutual TLS, round " + (round + 1) + ": " + adapter);
          measure(mesh, adapter, round);
        }
        unmanaged(mesh, round);
        progress.accept("mutual TLS, round " + (round + 1) + ": handshakes, idle connections");
        idle(mesh, round);
        new HandshakeRates(mesh, samples).measure(round);
      }
    }
    return new MutualTlsRows(samples).rows();
  }

  private void measure(MutualTlsMesh mesh, String adapter, int round)
      throws IOException, InterruptedException {
    try (WorkerProcess plain = mesh.plainClient(adapter);
        WorkerProcess behindEnvoy = mesh.plainClient(adapter);
        WorkerProcess secure = mesh.secureClient(adapter)) {
      List<Lane> lanes =
          List.of(
              new Lane(
                  MutualTlsRows.PLAIN,
                  plain,
                  mesh::plainUrl,
                  List.of(plain.process(), mesh.plainServer().process())),
              new Lane(
                  MutualTlsRows.AGENT,
                  secure,
                  mesh::secureUrl,
                  List.of(secure.process(), mesh.secureServer().process())),
              new Lane(MutualTlsRows.ENVOY, behindEnvoy, mesh::envoyUrl, with(behindEnvoy, mesh)));
      for (Lane lane : lanes) {
        lane.calls(effort.warmUpCalls());
        lane.loop(THREADS, effort.loopMillis());
      }
      turns(lanes, round, "GET " + adapter, lane -> lane.calls(effort.callsPerSlice()));
      turns(lanes, round, "loop " + adapter, lane -> lane.loop(THREADS, effort.loopMillis()));
      for (Lane lane : lanes) {
        samples.add(
            "pace " + adapter, round, lane.name(), lane.pace(PER_SECOND, effort.paceMillis()));
      }
      for (Lane lane : lanes) {
        lane.bulk(); // the compilers have not seen long bodies yet
      }
      for (int bulk = 0; bulk < effort.bulks(); bulk++) {
        for (Lane lane : lanes) {
          samples.add("bulk " + adapter, round, lane.name(), lane.bulk());
        }
      }
    }
  }

  private static List<Child> with(WorkerProcess client, MutualTlsMesh mesh) {
    List<Child> all = new ArrayList<>(mesh.proxiedProcesses());
    all.add(client.process());
    return all;
  }

  /** Who begins changes, so that being second is nobody's fate. */
  private void turns(List<Lane> lanes, int round, String experiment, Measured measured)
      throws IOException, InterruptedException {
    for (int slice = 0; slice < effort.slices(); slice++) {
      for (int i = 0; i < lanes.size(); i++) {
        Lane lane = lanes.get((slice + i) % lanes.size());
        samples.add(experiment, round, lane.name(), measured.of(lane));
      }
    }
  }

  /** A turn of a lane. */
  private interface Measured {
    Map<String, Double> of(Lane lane) throws IOException, InterruptedException;
  }

  /** What a socket pays that is in no mesh, in a process that has the socket layer. */
  private void unmanaged(MutualTlsMesh mesh, int round) throws IOException, InterruptedException {
    try (WorkerProcess plain = mesh.plainClient(RAW);
        WorkerProcess secure = mesh.secureClient(RAW)) {
      String url = mesh.plainUrl("/");
      plain.calls(url, effort.warmUpCalls());
      secure.calls(url, effort.warmUpCalls());
      for (int slice = 0; slice < effort.slices(); slice++) {
        samples.add(
            "unmanaged", round, MutualTlsRows.PLAIN, plain.calls(url, effort.callsPerSlice()));
        samples.add(
            "unmanaged", round, MutualTlsRows.AGENT, secure.calls(url, effort.callsPerSlice()));
      }
    }
  }

  /** Heap of the server for a connection that says nothing, beside what it takes in plaintext. */
  private void idle(MutualTlsMesh mesh, int round) throws IOException, InterruptedException {
    try (WorkerProcess plain = mesh.plainClient("HttpURLConnection");
        WorkerProcess secure = mesh.secureClient("HttpURLConnection")) {
      secure.calls(mesh.secureUrl("/"), 1); // now its endpoints are known, by address too
      idle(mesh.plainServer(), plain, round, MutualTlsRows.PLAIN);
      idle(mesh.secureServer(), secure, round, MutualTlsRows.AGENT);
    }
  }

  private void idle(MutualTlsMesh.Server server, WorkerProcess client, int round, String arm)
      throws IOException, InterruptedException {
    double before = Memory.liveHeapMegabytes(Java.own(), server.process().pid());
    client.hold("http://callee:" + server.port() + "/", effort.idle());
    double after = Memory.liveHeapMegabytes(Java.own(), server.process().pid());
    double kilobytes = (after - before) * 1024 / effort.idle();
    samples.add("idle", round, arm, Map.of("kilobytesPerConnection", kilobytes));
  }
}
