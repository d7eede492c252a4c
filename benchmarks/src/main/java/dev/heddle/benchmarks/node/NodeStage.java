package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.node.Experiment.Way;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.SecureControl;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node with two pairs of pods: one that the daemon serves, one for all other sides. What is
 * called in plaintext is the program of the second pair, for all sides.
 */
final class NodeStage implements AutoCloseable {

  static final String NODE = "node-1";

  private static final String PLAIN_SERVICE = "10.97.0.10";
  private static final String BYTES_SERVICE = "10.97.0.11";
  private static final String MESH_SERVICE = "10.97.0.12";

  private final Home home;
  private final Workspace workspace;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Network network;
  private final SecureControl control;
  private final Pod caller;
  private final Pod callee;
  private final List<Side> sides = new ArrayList<>();
  private Daemon daemon;

  NodeStage(Home home, Workspace workspace) throws IOException, InterruptedException {
    this.home = home;
    this.workspace = workspace;
    try {
      network = kept(new Network());
      caller = network.pod("caller");
      callee = network.pod("callee");
      Pod plainCaller = network.pod("plain-caller");
      Pod plainCallee = network.pod("plain-callee");
      workspace.write(
          "rules",
          "rules.yaml",
          Template.text(
              "rules.yaml",
              Map.of(
                  "plainService", PLAIN_SERVICE,
                  "bytesService", BYTES_SERVICE,
                  "meshService", MESH_SERVICE,
                  "plainCallee", plainCallee.address())));
      tell(caller);
      tell(callee);
      control = kept(new SecureControl(network.node().inside(List.of()), home, workspace));
      kept(new Callee(callee, workspace));
      kept(new Callee(plainCallee, workspace));
      daemon = start(Map.of());
      daemon.capture(caller);
      daemon.capture(callee);
      Peers peers =
          kept(new Peers(home, workspace, plainCaller, plainCallee, control.certificate("envoy")));
      sides.add(direct(plainCaller, plainCallee));
      sides.addAll(peers.sides());
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Side direct(Pod caller, Pod callee) {
    String http = callee.address() + ":" + Callee.HTTP;
    Map<Way, String> ways = new HashMap<>();
    ways.put(Way.BYTES, http);
    ways.put(Way.PLAIN, http);
    ways.put(Way.MESH, http);
    ways.put(Way.MESH_2, callee.address() + ":" + Callee.HTTP_2);
    ways.put(Way.MESH_GRPC, callee.address() + ":" + Callee.GRPC);
    return new Side(Side.DIRECT, caller, ways, List.of());
  }

  /** All sides, Heddle's as it is now. */
  List<Side> sides() {
    List<Side> all = new ArrayList<>(sides);
    all.add(heddle());
    return all;
  }

  /** The captured pair. */
  Side heddle() {
    return new Side(
        Side.HEDDLE,
        caller,
        Map.of(
            Way.BYTES, BYTES_SERVICE + ":" + Callee.HTTP,
            Way.PLAIN, PLAIN_SERVICE + ":" + Callee.HTTP,
            Way.MESH, MESH_SERVICE + ":" + Callee.HTTP,
            Way.MESH_2, MESH_SERVICE + ":" + Callee.HTTP_2,
            Way.MESH_GRPC, MESH_SERVICE + ":" + Callee.GRPC,
            Way.INTO, callee.address() + ":" + Callee.HTTP),
        List.of(daemon.process()));
  }

  /** Of the pods that no side but the direct is beside. */
  Pod stranger() {
    return sides.getFirst().caller();
  }

  Network network() {
    return network;
  }

  SecureControl control() {
    return control;
  }

  Daemon daemon() {
    return daemon;
  }

  /** Ends the daemon and starts another, which finds the pods again. */
  Daemon restart(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    daemon.close();
    daemon = start(environment, options);
    return daemon;
  }

  private Daemon start(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", Java.own().home().toString());
    return new Daemon(home, workspace, network.node(), control, all, options);
  }

  /** A pod more that the daemon serves. */
  void captureAnother(int number) throws IOException, InterruptedException {
    Pod pod = network.pod("more-" + number);
    tell(pod);
    daemon.capture(pod);
  }

  private void tell(Pod pod) throws IOException {
    workspace.write(
        "rules",
        pod.name() + ".yaml",
        Template.text(
            "pod.yaml", Map.of("name", pod.name(), "address", pod.address(), "node", NODE)));
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @Override
  public void close() throws IOException {
    if (daemon != null) {
      daemon.close();
    }
    for (AutoCloseable closeable : open.reversed()) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
