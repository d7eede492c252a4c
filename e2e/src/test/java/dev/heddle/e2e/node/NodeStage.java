package dev.heddle.e2e.node;

import dev.heddle.e2e.Await;
import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Control and pods of nodes; daemons are started by the tests. */
final class NodeStage {

  static final String NODE = "node-1";
  static final Path HOME = Path.of(System.getProperty("heddle.home", ""));
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** The label by which control knows who speaks mesh TLS, behind others. */
  private static final String IN_THE_MESH = ", security.istio.io/tlsMode: istio";

  private static final Path DAEMON = HOME.resolve("node-daemon/target/heddle-node.jar");
  private static final Path INIT = HOME.resolve("iptables-init/target/heddle-init.jar");
  private static final Path AGENT = HOME.resolve("agent/dist/target/heddle-agent.jar");

  private final Path directory;
  private final String namespace;
  private final Network network;
  private final NodeControl control;
  private final List<NodeDaemon> daemons = new ArrayList<>();

  /** With pods of namespace shop. */
  NodeStage(Path directory) throws Exception {
    this(directory, "shop");
  }

  /**
   * Starts control.
   *
   * @param namespace of all pods
   */
  NodeStage(Path directory, String namespace) throws Exception {
    this.directory = directory;
    this.namespace = namespace;
    network = new Network(directory, NODE);
    control = new NodeControl(directory, network);
  }

  /** Starts the node's daemon and waits until it is ready. */
  NodeDaemon daemon(String... options) throws Exception {
    return daemonOf(NODE, List.of(), options);
  }

  /**
   * The same on another node.
   *
   * @param jvm options of its JVM
   */
  NodeDaemon daemonOf(String node, List<String> jvm, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx128m", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvm);
    command.addAll(List.of("-jar", DAEMON.toString(), "--node", node));
    command.addAll(List.of("--control", control.address()));
    command.addAll(List.of("--control-ca", control.roots().toString()));
    command.addAll(List.of("--token-file", control.token("--node", node).toString()));
    command.addAll(List.of("--socket", socket(node).toString()));
    command.addAll(List.of("--state", state(node).toString()));
    for (String pages : List.of("--admin", "--metrics", "--ready")) {
      command.addAll(List.of(pages, "127.0.0.1:0"));
    }
    command.addAll(List.of(options));
    Path log = directory.resolve("daemon-" + daemons.size() + ".log");
    NodeDaemon daemon = new NodeDaemon(node, network, command, log);
    daemons.add(daemon);
    return daemon;
  }

  Path socket() {
    return socket(NODE);
  }

  private Path socket(String node) {
    return directory.resolve(node + ".sock");
  }

  /** What a node's daemon keeps. */
  Path state(String node) {
    return directory.resolve("state-" + node);
  }

  /** The name of the first node's network namespace. */
  String node() throws Exception {
    return network.netns(NODE);
  }

  /** The words with which a command runs there. */
  List<String> onNode(List<String> command) throws Exception {
    return network.onNode(NODE, command);
  }

  /** Makes a pod, tells control of it, and does not capture it. */
  Pod pod(String app, String version) throws Exception {
    return podOn(NODE, app, version, IN_THE_MESH);
  }

  /** A pod that control knows and that is not of the mesh. */
  Pod outsider(String app, String version) throws Exception {
    return podOn(NODE, app, version, "");
  }

  private Pod podOn(String node, String app, String version, String moreLabels) throws Exception {
    Pod pod = network.pod(app + "-" + version, node);
    write(
        pod.name(),
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: %s
          labels: {app: %s, version: %s%s}
        spec: {nodeName: %s, serviceAccountName: %s}
        status:
          podIP: %s
          podIPs: [{ip: %s}, {ip: "%s"}]
          conditions: [{type: Ready, status: "True"}]
        """
            .formatted(
                pod.name(),
                namespace,
                app,
                version,
                moreLabels,
                node,
                app,
                pod.address(),
                pod.address(),
                pod.address6()));
    return pod;
  }

  /** Runs init in it, as its init container does. */
  Command.Result init(Pod pod, int waitSeconds, String... options) throws Exception {
    return init(NODE, pod, waitSeconds, options);
  }

  private Command.Result init(String node, Pod pod, int waitSeconds, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-jar"));
    command.addAll(List.of(INIT.toString(), "--daemon", socket(node).toString()));
    command.addAll(List.of("--pod", namespace + "/" + pod.name()));
    command.addAll(List.of("--wait", String.valueOf(waitSeconds)));
    command.addAll(List.of(options));
    return pod.run(command.toArray(String[]::new));
  }

  /** A pod that is captured. */
  Pod captured(String app, String version, String... initOptions) throws Exception {
    return capturedOn(NODE, app, version, initOptions);
  }

  /** The same on another node. */
  Pod capturedOn(String node, String app, String version, String... initOptions) throws Exception {
    Pod pod = podOn(node, app, version, IN_THE_MESH);
    Command.Result result = init(node, pod, 30, initOptions);
    if (result.exit() != 0) {
      throw new AssertionError("init: " + result.said() + "\n" + daemons.getLast().log());
    }
    return pod;
  }

  /** Starts a JVM with the agent in a pod, as this app; returns when it listens. */
  Forked jvm(Pod pod, String app, int port) throws Exception {
    Forked program =
        pod.start(
            agent(app),
            JAVA,
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("heddle.probe.classes"),
            "dev.heddle.e2e.app.App",
            pod.name(),
            String.valueOf(port));
    program.read();
    return program;
  }

  private Map<String, String> agent(String app) throws Exception {
    Path token = control.token("--namespace", namespace, "--service-account", app);
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-javaagent:" + AGENT,
        "HEDDLE_ADMIN",
        "off",
        "HEDDLE_CONTROL",
        control.address(),
        "HEDDLE_CONTROL_CA",
        control.roots().toString(),
        "HEDDLE_TOKEN_FILE",
        token.toString(),
        "HEDDLE_NAMESPACE",
        namespace,
        "HEDDLE_SERVICE_ACCOUNT",
        app,
        "HEDDLE_LABELS",
        "app=" + app,
        "HEDDLE_FIRST_CALL_WAIT",
        "20s");
  }

  /** A service of the pods with label app, at an address of its own. */
  void service(String app, String address, int port, String portName) throws Exception {
    write(
        "service-" + app,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec:
          clusterIP: %s
          clusterIPs: [%s]
          selector: {app: %s}
          ports: [{name: %s, port: %d, targetPort: %d}]
        """
            .formatted(app, namespace, address, address, app, portName, port, port));
  }

  /** Puts a document into force. */
  void write(String name, String yaml) throws IOException {
    control.write(name, yaml);
  }

  /** Takes a document out of force. */
  void remove(String name) throws IOException {
    control.remove(name);
  }

  /** The pod is deleted in the cluster. */
  void forget(Pod pod) throws IOException {
    control.remove(pod.name());
  }

  NodeControl control() {
    return control;
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

  /** Ends what runs, and takes everything away. */
  void close() throws Exception {
    daemons.forEach(NodeDaemon::close);
    control.close();
    network.close();
  }
}
