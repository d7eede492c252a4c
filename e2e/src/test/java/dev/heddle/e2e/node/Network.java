package dev.heddle.e2e.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node with a bridge, in a network namespace of its own; pods are on the bridge. */
final class Network {

  /** Of the bridge, and so of the node. */
  static final String NODE = "10.80.0.1";

  private final String unique = Long.toString(ProcessHandle.current().pid(), 36);
  private final String node = "hn" + unique;
  private final Path directory;
  private final List<Pod> pods = new ArrayList<>();

  Network(Path directory) throws Exception {
    this.directory = directory;
    Command.ip("netns add " + node);
    Command.ip("-n " + node + " link set lo up");
    Command.ip("-n " + node + " link add br0 type bridge");
    Command.ip("-n " + node + " address add " + NODE + "/24 dev br0");
    Command.ip("-n " + node + " address add fd80::1/64 dev br0 nodad");
    Command.ip("-n " + node + " link set br0 up");
  }

  /** Makes a pod at the next address. */
  Pod pod(String name) throws Exception {
    int number = pods.size() + 2;
    String netns = "hd" + unique + "-" + number;
    String address = "10.80.0." + number;
    Command.ip("netns add " + netns);
    Pod pod = new Pod(name, netns, address, directory);
    pods.add(pod);
    String plug = "v" + number;
    Command.ip("-n " + node + " link add " + plug + " type veth peer name eth0 netns " + netns);
    Command.ip("-n " + node + " link set " + plug + " master br0");
    Command.ip("-n " + node + " link set " + plug + " up");
    Command.ip("-n " + netns + " link set lo up");
    Command.ip("-n " + netns + " address add " + address + "/24 dev eth0");
    Command.ip("-n " + netns + " address add " + pod.address6() + "/64 dev eth0 nodad");
    Command.ip("-n " + netns + " link set eth0 up");
    Command.ip("-n " + netns + " route add default via " + NODE);
    Command.ip("-n " + netns + " -6 route add default via fd80::1");
    return pod;
  }

  /** The words with which a command runs on the node. */
  List<String> onNode(List<String> command) {
    return Command.inside(node, command);
  }

  /** Ends what runs, and takes everything away. */
  void close() throws Exception {
    pods.forEach(Pod::close);
    Command.run(List.of("ip", "netns", "del", node));
  }
}
