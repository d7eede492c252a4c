package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The cost of capture alone, in a process that does nothing else: {@link CaptureLoop}. */
final class CaptureCost {

  static final String EXPERIMENT = "capture";
  static final String NANOS = "nanosPerConnection";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Network network;
  private final Workspace workspace;
  private final int rounds;
  private final Samples samples;

  CaptureCost(Network network, Workspace workspace, int rounds, Samples samples) {
    this.network = network;
    this.workspace = workspace;
    this.rounds = rounds;
    this.samples = samples;
  }

  void measure() throws IOException, InterruptedException {
    Pod pod = network.pod("captured");
    String redirect = "-t nat -A OUTPUT -p tcp -j REDIRECT --to-ports " + CaptureLoop.PORT;
    Command.succeed(pod.inside(List.of(("iptables " + redirect).split(" ", -1))));
    try (Child loop =
        new Child(
            "capture",
            network
                .node()
                .inside(
                    List.of(
                        Java.own().command(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CaptureLoop.class.getName(),
                        "/run/netns/" + pod.netns(),
                        Integer.toString(rounds))),
            Map.of(),
            workspace.folder("logs"))) {
      for (int round = 0; round < rounds; round++) {
        double nanos = Double.parseDouble(loop.answer("nanos ", PATIENCE));
        samples.add(EXPERIMENT, round, Side.HEDDLE, Map.of(NANOS, nanos));
      }
    }
  }
}
