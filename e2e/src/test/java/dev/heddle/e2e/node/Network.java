package dev.heddle.e2e.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes with a bridge each, in network namespaces of their own and linked with each other; pods are
 * on the bridges.
 */
final class Network {

  /** Of the first node's bridge, and so of that node. */
  static final String NODE = "10.80.0.1";

  private final String unique = Long.toString(ProcessHandle.current().pid(), 36);
  private final Path directory;

  /** Namespaces by the names of nodes. */
  private final Map<String, String> nodes = new LinkedHashMap<>();

  private final List<Pod> pods = new ArrayList<>();

  Network(Path directory, String firstNode) throws Exception {
    this.directory = directory;
    make(firstNode, 1);
  }

  private String make(String node, int lastNumber) throws Exception {
    String netns = "hn" + unique + "-" + nodes.size();
    Command.ip("netns add " + netns);
    nodes.put(node, netns);
    Command.ip("-n " + netns + " link set lo up");
    Command.ip("-n " + netns + " link add br0 type bridge");
    Command.ip("-n " + netns + " address add 10.80.0." + lastNumber + "/24 dev br0");
    Command.ip("-n " + netns + " address add fd80::" + lastNumber + "/64 dev br0 nodad");
    Command.ip("-n " + netns + " link set br0 up");
    return netns;
  }

  /** The name of a node's network namespace; makes the node if there is none yet. */
  String netns(String node) throws Exception {
    String known = nodes.get(node);
    if (known != null) {
      return known;
    }
    int number = nodes.size();
    String made = make(node, 255 - number);
    plug(nodes.values().iterator().next(), "to" + number, "uplink", made);
    Command.ip("-n " + made + " link set uplink master br0");
    Command.ip("-n " + made + " link set uplink up");
    return made;
  }

  /** A cable from a node's bridge to a device of another namespace. */
  private static void plug(String node, String end, String device, String netns) throws Exception {
    Command.ip(
        "-n " + node + " link add " + end + " type veth peer name " + device + " netns " + netns);
    Command.ip("-n " + node + " link set " + end + " master br0");
    Command.ip("-n " + node + " link set " + end + " up");
  }

  /** Makes a pod at the next address. */
  Pod pod(String name, String node) throws Exception {
    int number = pods.size() + 2;
    String netns = "hd" + unique + "-" + number;
    String address = "10.80.0." + number;
    String onNode = netns(node);
    Command.ip("netns add " + netns);
    Pod pod = new Pod(name, netns, address, directory);
    pods.add(pod);
    plug(onNode, "v" + number, "eth0", netns);
    Command.ip("-n " + netns + " link set lo up");
    Command.ip("-n " + netns + " address add " + address + "/24 dev eth0");
    Command.ip("-n " + netns + " address add " + pod.address6() + "/64 dev eth0 nodad");
    Command.ip("-n " + netns + " link set eth0 up");
    Command.ip("-n " + netns + " route add default via " + NODE);
    Command.ip("-n " + netns + " -6 route add default via fd80::1");
    return pod;
  }

  /** The words with which a command runs on a node. */
  List<String> onNode(String node, List<String> command) throws Exception {
    return Command.inside(netns(node), command);
  }

  /** Ends what runs, and takes everything away. */
  void close() throws Exception {
    pods.forEach(Pod::close);
    for (String netns : nodes.values()) {
      Command.run(List.of("ip", "netns", "del", netns));
    }
  }
}
