package dev.heddle.e2e.node;

import dev.heddle.e2e.Await;
import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Control and pods of one node; daemons are started by the tests. */
final class NodeStage {

  static final String NODE = "node-1";

  private static final Path HOME = Path.of(System.getProperty("heddle.home", ""));
  private static final Path CONTROL = HOME.resolve("control/target/heddle-control.jar");
  private static final Path DAEMON = HOME.resolve("node-daemon/target/heddle-node.jar");
  private static final Path INIT = HOME.resolve("iptables-init/target/heddle-init.jar");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final Path directory;
  private final Path rules;
  private final Path authority;
  private final Network network;
  private final Map<String, String> addresses = new HashMap<>();
  private final List<Daemon> daemons = new ArrayList<>();
  private final Forked control;

  NodeStage(Path directory) throws Exception {
    this.directory = directory;
    rules = Files.createDirectories(directory.resolve("rules"));
    authority = directory.resolve("ca");
    network = new Network(directory);
    control =
        new Forked(
            network.onNode(
                List.of(
                    JAVA,
                    "-Xmx256m",
                    "-jar",
                    CONTROL.toString(),
                    "--config",
                    rules.toString(),
                    "--ca-dir",
                    authority.toString(),
                    "--tls",
                    "127.0.0.1:0",
                    "--grpc",
                    "127.0.0.1:0",
                    "--http",
                    "127.0.0.1:0")),
            Map.of(),
            directory.resolve("control.log"));
    readAddresses(control, addresses);
  }

  private static void readAddresses(Forked process, Map<String, String> addresses)
      throws IOException, InterruptedException {
    for (String line = process.read(); !line.equals("ready"); line = process.read()) {
      String[] words = line.split(" ", 2);
      addresses.put(words[0], words[1]);
    }
  }

  /** A daemon, and where its pages are. */
  final class Daemon implements AutoCloseable {
    private final Forked process;
    private final Path log;
    private final Map<String, String> addresses = new HashMap<>();

    private Daemon(Forked process, Path log) throws IOException, InterruptedException {
      this.process = process;
      this.log = log;
      readAddresses(process, addresses);
    }

    /** A page, asked for on the node. */
    String page(String port, String path) throws Exception {
      return Command.succeed(
          network.onNode(
              List.of("curl", "-sS", "--max-time", "10", "http://" + addresses.get(port) + path)));
    }

    /** What it wrote to stderr. */
    String log() throws IOException {
      return Files.readString(log);
    }

    /** Ends it as an operator does; returns its exit code. */
    int terminate() throws InterruptedException {
      return process.terminate();
    }

    /** Ends it as a crash does. */
    void kill() throws InterruptedException {
      process.kill();
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /** Starts the node's daemon and waits until it is ready. */
  Daemon daemon(String... options) throws Exception {
    Path log = directory.resolve("node-" + daemons.size() + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                DAEMON.toString(),
                "--control",
                String.valueOf(addresses.get("tls")),
                "--token-file",
                token().toString(),
                "--control-ca",
                authority.resolve("root-cert.pem").toString(),
                "--node",
                NODE,
                "--socket",
                socket().toString(),
                "--state",
                directory.resolve("state").toString(),
                "--admin",
                "127.0.0.1:0",
                "--metrics",
                "127.0.0.1:0",
                "--ready",
                "127.0.0.1:0"));
    command.addAll(List.of(options));
    Daemon daemon = new Daemon(new Forked(network.onNode(command), Map.of(), log), log);
    daemons.add(daemon);
    return daemon;
  }

  Path socket() {
    return directory.resolve("node.sock");
  }

  private Path token() throws Exception {
    Path token = directory.resolve("node.token");
    if (!Files.exists(token)) {
      String said =
          Command.succeed(
              List.of(
                  JAVA,
                  "-jar",
                  CONTROL.toString(),
                  "token",
                  "--ca-dir",
                  authority.toString(),
                  "--node",
                  NODE));
      Files.writeString(token, said);
    }
    return token;
  }

  /** Makes a pod of namespace shop, tells control of it, and does not capture it. */
  Pod pod(String app, String version) throws Exception {
    Pod pod = network.pod(app + "-" + version);
    write(
        pod.name(),
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: shop
          labels: {app: %s, version: %s, security.istio.io/tlsMode: istio}
        spec: {nodeName: %s, serviceAccountName: %s}
        status:
          podIP: %s
          podIPs: [{ip: %s}]
          conditions: [{type: Ready, status: "True"}]
        """
            .formatted(pod.name(), app, version, NODE, app, pod.address(), pod.address()));
    return pod;
  }

  /** Runs init in it, as its init container does. */
  Command.Result init(Pod pod, int waitSeconds) throws Exception {
    return pod.run(
        JAVA,
        "-jar",
        INIT.toString(),
        "--daemon",
        socket().toString(),
        "--pod",
        "shop/" + pod.name(),
        "--wait",
        String.valueOf(waitSeconds));
  }

  /** A pod that is captured. */
  Pod captured(String app, String version) throws Exception {
    Pod pod = pod(app, version);
    Command.Result result = init(pod, 30);
    if (result.exit() != 0) {
      throw new AssertionError("init: " + result.said() + "\n" + daemons.getLast().log());
    }
    return pod;
  }

  /** A service of namespace shop, of the pods with label app, at an address of its own. */
  void service(String app, String address, int port, String portName) throws Exception {
    write(
        "service-" + app,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: shop}
        spec:
          clusterIP: %s
          clusterIPs: [%s]
          selector: {app: %s}
          ports: [{name: %s, port: %d, targetPort: %d}]
        """
            .formatted(app, address, address, app, portName, port, port));
  }

  /** Puts a document into force. */
  void write(String name, String yaml) throws IOException {
    Path next = Files.writeString(directory.resolve(name + ".next"), yaml);
    Files.move(next, rules.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The pod is deleted in the cluster. */
  void forget(Pod pod) throws IOException {
    Files.delete(rules.resolve(pod.name() + ".yaml"));
  }

  /** Waits until a program's answer is as it should be; what it was tells why not. */
  static String until(String expected, Asked asked) throws Exception {
    String[] last = {""};
    try {
      Await.until(
          expected,
          () -> {
            last[0] = asked.ask();
            return last[0].contains(expected);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the last answer was: " + last[0], e);
    }
    return last[0];
  }

  /** A question to a program. */
  interface Asked {
    String ask() throws Exception;
  }

  /** What control said of the rules. */
  String controlLog() throws IOException {
    return control.errors();
  }

  /** Ends what runs, and takes everything away. */
  void close() throws Exception {
    daemons.forEach(Daemon::close);
    control.close();
    network.close();
  }
}
