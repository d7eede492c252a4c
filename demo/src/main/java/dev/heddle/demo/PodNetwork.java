package dev.heddle.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace with one cable to this machine: the network of a pod. */
final class PodNetwork implements AutoCloseable {

  /** Of 192.0.2.0/24, which nobody has (RFC 5737): blocks of four addresses. */
  private static final int BLOCKS = 64;

  private final String netns;
  private final String device;
  private final String machine;
  private final String pod;

  /** Names one, and makes nothing yet; demos that run at the same time have different ones. */
  PodNetwork() {
    long pid = ProcessHandle.current().pid();
    int block = (int) (pid % BLOCKS);
    netns = "heddle-demo-" + pid;
    device = "hdemo" + Long.toString(pid, Character.MAX_RADIX);
    machine = "192.0.2." + (4 * block + 1);
    pod = "192.0.2." + (4 * block + 2);
  }

  /** Makes it. */
  void build() throws IOException, InterruptedException {
    Commands.run("ip netns add " + netns);
    Commands.run("ip link add " + device + " type veth peer name eth0 netns " + netns);
    Commands.run("ip address add " + machine + "/30 dev " + device);
    Commands.run("ip link set " + device + " up");
    Commands.run("ip -n " + netns + " link set lo up");
    Commands.run("ip -n " + netns + " address add " + pod + "/30 dev eth0");
    Commands.run("ip -n " + netns + " link set eth0 up");
    Commands.run("ip -n " + netns + " route add default via " + machine);
  }

  /** The words with which a command runs inside. */
  List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + netns));
    words.addAll(command);
    return words;
  }

  /** Where the pod finds this machine. */
  String machineAddress() {
    return machine;
  }

  /** Where this machine finds the pod. */
  String podAddress() {
    return pod;
  }

  /** Takes it away, with its cable and the rules in it. */
  @Override
  public void close() {
    try {
      Commands.run("ip netns del " + netns);
    } catch (IOException e) {
      // it was not made, or somebody else took it away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
