package dev.heddle.benchmarks.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace on the bridge.
 *
 * @param name in the mesh
 */
record Pod(String name, String netns, String address) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The words with which a command runs inside. */
  List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + netns));
    words.addAll(command);
    return words;
  }

  /** Returns once an address can be connected to from inside. */
  void awaitListener(String address) throws IOException, InterruptedException {
    String connect = "exec 3<>/dev/tcp/" + address.replace(':', '/');
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Command.Result tried = Command.run(inside(List.of("bash", "-c", connect)));
    while (tried.exit() != 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException(address + " does not listen after " + PATIENCE + ": " + tried.said());
      }
      TimeUnit.MILLISECONDS.sleep(20);
      tried = Command.run(inside(List.of("bash", "-c", connect)));
    }
  }
}
