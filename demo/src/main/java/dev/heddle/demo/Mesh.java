package dev.heddle.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Control and the shop's programs, each in a process of its own: JVMs under the agent and, where
 * the machine lets it, one that is no JVM.
 */
final class Mesh implements AutoCloseable {

  /** One instance: its main class and the version that it says it is. */
  private record Instance(String service, String main, String version) {
    String name() {
      return service + "-" + version;
    }

    String placeholder() {
      return name().replace('-', '_').toUpperCase(Locale.ROOT);
    }
  }

  private static final List<Instance> INSTANCES =
      List.of(
          new Instance("storefront", "Storefront", "v1"),
          new Instance("catalog", "Catalog", "v1"),
          new Instance("reviews", "Reviews", "v1"),
          new Instance("reviews", "Reviews", "v2"),
          new Instance("reviews", "Reviews", "v3"),
          new Instance("ratings", "Ratings", "v1"),
          new Instance("ratings", "Ratings", "broken"));

  /** Place of the storefront among the programs: control is the first. */
  private static final int STOREFRONT = 1;

  private static final Pattern CONTROL_READY = Pattern.compile("grpc (\\S+)");

  private static final Pattern SECURE_CONTROL_READY = Pattern.compile("tls (\\S+)");
  private static final Pattern SHOP_READY = Pattern.compile(".* listens on (\\d+)");
  private static final String LOOPBACK = "127.0.0.1";

  private final Home home;
  private final String appJava;
  private final Workspace workspace;
  private final boolean withPod;
  private final Identities identities;
  private final Problems problems = new Problems();
  private final List<Program> programs = new ArrayList<>();
  private @Nullable PodNetwork network;
  private int storefrontPort;

  /**
   * @param appJava the {@code java} that runs the shop
   * @param withPod with the program that is no Java; everybody has an identity then
   */
  Mesh(Home home, String appJava, Workspace workspace, boolean withPod) {
    this.home = home;
    this.appJava = appJava;
    this.workspace = workspace;
    this.withPod = withPod;
    identities = new Identities(home, workspace.authority());
  }

  /** Starts everything and puts the first rules in force. */
  void start() throws IOException, InterruptedException {
    String control = startControl();
    Map<String, String> values = new LinkedHashMap<>();
    if (withPod) {
      PodNetwork made = new PodNetwork();
      network = made; // before it is made: who ends the demo meanwhile takes it away
      made.build();
      values.put("POD_ADDRESS", made.podAddress());
      workspace.fillPod(values);
      identities.issue(INSTANCES.stream().map(Instance::service).distinct().toList());
    }
    values.put("ADDRESS", address());
    Map<String, Program> shop = new LinkedHashMap<>();
    for (Instance instance : INSTANCES) {
      shop.put(instance.placeholder(), startInstance(instance, control));
    }
    if (network != null) {
      startPod(new CapturedPod(home, workspace, identities, network), control);
    }
    for (Map.Entry<String, Program> program : shop.entrySet()) {
      values.put(program.getKey(), ready(program.getValue()));
    }
    storefrontPort = Integer.parseInt(ready(programs.get(STOREFRONT)));
    workspace.fill(values);
  }

  private void startPod(CapturedPod pod, String control) throws IOException, InterruptedException {
    Program daemon = pod.startDaemon(control);
    programs.add(daemon);
    Program program = pod.startProgram();
    programs.add(program);
    ready(daemon);
    ready(program);
    pod.capture();
  }

  private String startControl() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Java.own(), Java.CALM));
    command.addAll(Java.SMALL);
    command.addAll(List.of("-jar", home.control().toString()));
    command.addAll(List.of("--config", workspace.config().toString()));
    command.addAll(List.of("--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    if (withPod) {
      command.addAll(identities.controlOptions());
    }
    Program control =
        new Program(
            "control",
            command,
            Map.of(),
            workspace.log("control"),
            withPod ? SECURE_CONTROL_READY : CONTROL_READY,
            problems::line);
    programs.add(control);
    return ready(control);
  }

  private Program startInstance(Instance instance, String control) throws IOException {
    List<String> command = new ArrayList<>(List.of(appJava));
    command.addAll(Java.SMALL);
    command.addAll(List.of("-cp", home.samples().toString()));
    command.add("dev.heddle.samples." + instance.main());
    Program program =
        new Program(
            instance.name(),
            command,
            environment(instance, control),
            workspace.log(instance.name()),
            SHOP_READY,
            line -> {});
    programs.add(program);
    return program;
  }

  private Map<String, String> environment(Instance instance, String control) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + home.agent());
    environment.put("HEDDLE_CONTROL", control);
    environment.put("HEDDLE_WORKLOAD", instance.name());
    environment.put(
        "HEDDLE_LABELS", "app=" + instance.service() + ",version=" + instance.version());
    environment.put("HEDDLE_ADMIN", "off");
    environment.put("HOST", address());
    environment.put("PORT", "0");
    environment.put("VERSION", instance.version());
    if (withPod) {
      environment.putAll(identities.agentSettings(instance.service()));
      environment.put("RECOMMENDATIONS_URL", "http://recommendations:9080/recommendations/1");
    }
    return environment;
  }

  private String ready(Program program) throws IOException, InterruptedException {
    try {
      return program.awaitReady();
    } catch (IOException e) {
      String words = workspace.lastWords(program.name(), 10);
      throw new IOException(e.getMessage() + "; its last words:\n" + words, e);
    }
  }

  /** Where the shop's JVMs listen: a pod has a loopback of its own and could not call that. */
  String address() {
    return network == null ? LOOPBACK : network.machineAddress();
  }

  /** Where the program that is no Java listens; empty where it is left out. */
  Optional<InetSocketAddress> pod() {
    return Optional.ofNullable(network)
        .map(made -> new InetSocketAddress(made.podAddress(), CapturedPod.PORT));
  }

  int storefrontPort() {
    return storefrontPort;
  }

  Problems problems() {
    return problems;
  }

  /** Ends every process and takes the network away; nothing is left when this returns. */
  @Override
  public void close() {
    programs.forEach(Program::stop);
    programs.forEach(Program::close);
    if (network != null) {
      network.close();
    }
  }
}
