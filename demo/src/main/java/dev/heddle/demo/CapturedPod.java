package dev.heddle.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recommendations: a Python program in a network namespace of its own, behind the node daemon, as
 * in a pod.
 */
final class CapturedPod {

  /** The name of this machine as a node. */
  static final String NODE = "demo";

  private static final String POD = "default/recommendations-v1";

  /** Where the program listens. */
  static final int PORT = 9080;

  /** Of reviews, in mesh.yaml: what the program is told in its environment. */
  private static final String REVIEWS = "240.240.0.10";

  private static final Pattern DAEMON_READY = Pattern.compile("(ready)");
  private static final Pattern PROGRAM_READY = Pattern.compile(".* listens on (\\d+)");

  private final Home home;
  private final Workspace workspace;
  private final Identities identities;
  private final PodNetwork network;

  CapturedPod(Home home, Workspace workspace, Identities identities, PodNetwork network) {
    this.home = home;
    this.workspace = workspace;
    this.identities = identities;
    this.network = network;
  }

  /** Starts the daemon of this node. */
  Program startDaemon(String control) throws IOException {
    List<String> command = new ArrayList<>(List.of(Java.own(), Java.CALM));
    command.addAll(Java.SMALL);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-jar", home.node().toString()));
    command.addAll(List.of("--control", control, "--node", NODE));
    command.addAll(List.of("--token-file", identities.tokenOf(NODE).toString()));
    command.addAll(List.of("--control-ca", identities.roots().toString()));
    command.addAll(List.of("--socket", workspace.nodeSocket().toString()));
    command.addAll(List.of("--state", workspace.state(NODE).toString()));
    for (String pages : List.of("--admin", "--metrics", "--ready")) {
      command.addAll(List.of(pages, "127.0.0.1:0"));
    }
    command.addAll(List.of("--drain", "0")); // the whole shop ends with it
    return new Program(
        "node-daemon", command, Map.of(), workspace.log("node-daemon"), DAEMON_READY, line -> {});
  }

  /** Starts the program; its pod is not captured yet. */
  Program startProgram() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PORT",
            String.valueOf(PORT),
            "VERSION",
            "v1",
            "REVIEWS_SERVICE_HOST",
            REVIEWS,
            "REVIEWS_SERVICE_PORT",
            String.valueOf(PORT));
    return new Program(
        "recommendations-v1",
        network.inside(List.of("python3", "-u", home.recommendations().toString())),
        environment,
        workspace.log("recommendations-v1"),
        PROGRAM_READY,
        line -> {});
  }

  /** Runs init in the pod. Its DNS is left alone: the program is told addresses. */
  void capture() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Java.own()));
    command.addAll(Java.SMALL);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", home.init().toString()));
    command.addAll(List.of("--daemon", workspace.nodeSocket().toString(), "--pod", POD));
    command.addAll(List.of("--dns-port", "off", "--wait", "30"));
    Commands.run(network.inside(command));
  }
}
