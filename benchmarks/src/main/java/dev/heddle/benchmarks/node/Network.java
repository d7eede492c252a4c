package dev.heddle.benchmarks.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A node with a bridge, in a network namespace of its own; pods are on the bridge. */
final class Network implements AutoCloseable {

  private static final String GATEWAY = "10.82.0.1";

  private final String unique = Long.toString(ProcessHandle.current().pid(), 36);
  private final Pod node = new Pod("node", "hbn" + unique, GATEWAY);
  private final List<Pod> pods = new ArrayList<>();

  Network() throws IOException, InterruptedException {
    Command.ip("netns add " + node.netns());
    try {
      Command.ip("-n " + node.netns() + " link set lo up");
      Command.ip("-n " + node.netns() + " link add br0 type bridge");
      Command.ip("-n " + node.netns() + " address add " + GATEWAY + "/16 dev br0");
      Command.ip("-n " + node.netns() + " link set br0 up");
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Where control and the daemon run. */
  Pod node() {
    return node;
  }

  /** Makes a pod at the next address. */
  Pod pod(String name) throws IOException, InterruptedException {
    int number = pods.size() + 2;
    Pod pod = new Pod(name, "hb" + unique + "-" + number, "10.82.0." + number);
    Command.ip("netns add " + pod.netns());
    pods.add(pod);
    String plug = "v" + number;
    String in = "-n " + pod.netns() + " ";
    String on = "-n " + node.netns() + " ";
    Command.ip(on + "link add " + plug + " type veth peer name eth0 netns " + pod.netns());
    Command.ip(on + "link set " + plug + " master br0");
    Command.ip(on + "link set " + plug + " up");
    Command.ip(in + "link set lo up");
    Command.ip(in + "address add " + pod.address() + "/16 dev eth0");
    Command.ip(in + "link set eth0 up");
    Command.ip(in + "route add default via " + GATEWAY);
    return pod;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Pod pod : pods) {
        Command.run(List.of("ip", "netns", "del", pod.netns()));
      }
      Command.run(List.of("ip", "netns", "del", node.netns()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
