package dev.heddle.init.linux;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A pod and a host that it calls: two network namespaces and a cable, in IPv4 and IPv6. */
public final class Pods {

  public static final String POD4 = "10.79.0.2";
  public static final String POD6 = "fd79::2";
  public static final String PEER4 = "10.79.0.1";
  public static final String PEER6 = "fd79::1";

  private static final int CLONE_NEWNET = 0x40000000;
  private static final int LIMIT_SECONDS = 20;

  private final String pod;
  private final String peer;
  private final ExecutorService inPod;
  private final ExecutorService inPeer;

  public Pods(String name) throws Exception {
    String unique = ProcessHandle.current().pid() + "-" + name;
    this.pod = "hp" + unique;
    this.peer = "hq" + unique;
    ip("netns add " + pod);
    ip("netns add " + peer);
    ip("-n " + pod + " link add eth0 type veth peer name eth0 netns " + peer);
    ip("-n " + pod + " link set lo up");
    ip("-n " + peer + " link set lo up");
    up(pod, POD4, POD6);
    up(peer, PEER4, PEER6);
    ip("-n " + pod + " route add default via " + PEER4);
    ip("-n " + pod + " -6 route add default via " + PEER6);
    this.inPod = threadIn(pod);
    this.inPeer = threadIn(peer);
  }

  /** An address of the host that the pod calls. */
  static InetSocketAddress peer(int family, int port) {
    return at(family == 4 ? PEER4 : PEER6, port);
  }

  /** An address of the pod. */
  static InetSocketAddress pod(int family, int port) {
    return at(family == 4 ? POD4 : POD6, port);
  }

  /** All addresses of a family. */
  static InetSocketAddress any(int family, int port) {
    return at(family == 4 ? "0.0.0.0" : "::", port);
  }

  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static void up(String netns, String four, String six) throws Exception {
    ip("-n " + netns + " addr add " + four + "/24 dev eth0");
    ip("-n " + netns + " addr add " + six + "/64 dev eth0 nodad");
    ip("-n " + netns + " link set eth0 up");
  }

  /** Where the pod's namespace is. */
  public Path path() {
    return Path.of("/run/netns", pod);
  }

  /** Does something inside the pod: sockets that it opens are the pod's. */
  public <T> T pod(Callable<T> work) throws Exception {
    return get(inPod.submit(work));
  }

  /** Does something on the host that the pod calls. */
  public <T> T peer(Callable<T> work) throws Exception {
    return get(inPeer.submit(work));
  }

  /** Runs a command inside the pod and returns what it printed. */
  public String run(String... words) throws Exception {
    return succeed(Stream.concat(Stream.of("ip", "netns", "exec", pod), Stream.of(words)).toList());
  }

  private static void ip(String words) throws Exception {
    succeed(Stream.concat(Stream.of("ip"), Stream.of(words.split(" ", -1))).toList());
  }

  private static String succeed(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }

  private static ExecutorService threadIn(String netns) throws Exception {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(netns).factory());
    get(
        thread.submit(
            () -> {
              try (Descriptor namespace = Descriptor.open(Path.of("/run/netns", netns))) {
                return SystemCall.SETNS.call(namespace.number(), CLONE_NEWNET);
              }
            }));
    return thread;
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(LIMIT_SECONDS, SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      future.cancel(true);
      throw e;
    }
  }

  /** Deletes both. */
  public void delete() throws Exception {
    inPod.shutdownNow();
    inPeer.shutdownNow();
    ip("netns del " + pod);
    ip("netns del " + peer);
  }
}
