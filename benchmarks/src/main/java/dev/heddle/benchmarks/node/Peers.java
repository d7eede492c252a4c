package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.node.Experiment.Way;
import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.EnvoyProgram;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Envoy, HAProxy and nginx, each once beside the caller and once beside the callee, two threads
 * each, with the same certificates.
 */
final class Peers implements AutoCloseable {

  private static final int ENVOY_PORTS = 15_100;
  private static final int HAPROXY_PORTS = 15_200;
  private static final int NGINX_PORTS = 15_300;
  private static final int INTO = 6;

  private final Workspace workspace;
  private final Pod caller;
  private final Pod callee;
  private final Map<String, Object> values;
  private final List<Side> sides = new ArrayList<>();

  /**
   * @param certificate folder of key, chain and root
   */
  Peers(Home home, Workspace workspace, Pod caller, Pod callee, Path certificate)
      throws IOException, InterruptedException {
    this.workspace = workspace;
    this.caller = caller;
    this.callee = callee;
    this.values =
        Map.of(
            "callee", callee.address(),
            "certificate", certificate,
            "directory", workspace.folder("peers"));
    Files.writeString(
        certificate.resolve("both.pem"),
        Files.readString(certificate.resolve("cert-chain.pem"))
            + Files.readString(certificate.resolve("key.pem")));
    try {
      String envoy = EnvoyProgram.path(home).toString();
      start(Side.ENVOY, ENVOY_PORTS, true, "envoy-%s.yaml", config -> envoy(envoy, config));
      start(Side.HAPROXY, HAPROXY_PORTS, true, "haproxy-%s.cfg", Peers::haproxy);
      Path directory = workspace.folder("peers");
      start(Side.NGINX, NGINX_PORTS, false, "nginx-%s.conf", config -> nginx(directory, config));
      for (Side side : sides) {
        for (String address : side.ways().values()) {
          caller.awaitListener(address);
        }
      }
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Whether a command is there. */
  static boolean installed(String program) throws InterruptedException, IOException {
    return Command.run(List.of("sh", "-c", "command -v " + program)).exit() == 0;
  }

  private static List<String> envoy(String program, Path config) {
    return List.of(
        program,
        "--config-path",
        config.toString(),
        "--use-dynamic-base-id",
        "--concurrency", // Istio's default for a sidecar
        "2",
        "--log-level",
        "warning");
  }

  private static List<String> haproxy(Path config) {
    return List.of("haproxy", "-db", "-f", config.toString());
  }

  static List<String> nginx(Path directory, Path config) {
    return List.of(
        "nginx",
        "-e",
        "stderr",
        "-p",
        directory.toString(),
        "-c",
        config.toString(),
        "-g",
        "daemon off;");
  }

  /** The command of a configuration. */
  private interface Program {
    List<String> command(Path config);
  }

  private void start(String name, int ports, boolean http2, String template, Program program)
      throws IOException {
    List<Child> processes = new ArrayList<>();
    Map<Way, String> ways = new HashMap<>();
    sides.add(new Side(name, caller, ways, processes));
    for (String where : List.of("in", "out")) {
      String file = String.format(template, where);
      Path config = Template.write(workspace, "peers", file, values);
      Pod pod = where.equals("in") ? callee : caller;
      processes.add(
          new Child(
              name + "-" + where,
              pod.inside(program.command(config)),
              Map.of(),
              workspace.folder("logs")));
    }
    Way[] out = {Way.BYTES, Way.PLAIN, Way.MESH, Way.MESH_2, Way.MESH_GRPC};
    for (int i = 0; i < (http2 ? out.length : out.length - 2); i++) {
      ways.put(out[i], "127.0.0.1:" + (ports + 1 + i));
    }
    ways.put(Way.INTO, callee.address() + ":" + (ports + INTO));
  }

  /** Those that run. */
  List<Side> sides() {
    return List.copyOf(sides);
  }

  @Override
  public void close() {
    sides.forEach(side -> side.processes().forEach(Child::close));
  }
}
