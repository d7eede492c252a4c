package dev.heddle.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Control and the shop's programs, each in a process of its own, the programs under the agent. */
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
  private static final Pattern SHOP_READY = Pattern.compile(".* listens on (\\d+)");

  /**
   * Small heaps and the quick compiler only: eight JVMs that are to be up in seconds on two cores.
   */
  private static final List<String> SMALL =
      List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** The JVM of control warns of Netty's way to memory; that is no news to who looks at a demo. */
  private static final String CALM = "--sun-misc-unsafe-memory-access=allow";

  private final Home home;
  private final String appJava;
  private final Workspace workspace;
  private final Problems problems = new Problems();
  private final List<Program> programs = new ArrayList<>();
  private int storefrontPort;

  /**
   * @param appJava the {@code java} that runs the shop
   */
  Mesh(Home home, String appJava, Workspace workspace) {
    this.home = home;
    this.appJava = appJava;
    this.workspace = workspace;
  }

  /** Starts everything and puts the first rules in force. */
  void start() throws IOException, InterruptedException {
    String control = startControl();
    Map<String, Program> shop = new LinkedHashMap<>();
    for (Instance instance : INSTANCES) {
      shop.put(instance.placeholder(), startInstance(instance, control));
    }
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (Map.Entry<String, Program> program : shop.entrySet()) {
      ports.put(program.getKey(), Integer.parseInt(ready(program.getValue())));
    }
    storefrontPort = Integer.parseInt(ready(programs.get(STOREFRONT)));
    workspace.fill(ports);
  }

  private String startControl() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Java.own(), CALM));
    command.addAll(SMALL);
    command.addAll(List.of("-jar", home.control().toString()));
    command.addAll(List.of("--config", workspace.config().toString()));
    command.addAll(List.of("--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    Program control =
        new Program(
            "control", command, Map.of(), workspace.log("control"), CONTROL_READY, problems::line);
    programs.add(control);
    return ready(control);
  }

  private Program startInstance(Instance instance, String control) throws IOException {
    List<String> command = new ArrayList<>(List.of(appJava));
    command.addAll(SMALL);
    command.addAll(List.of("-cp", home.samples().toString()));
    command.add("dev.heddle.samples." + instance.main());
    Map<String, String> environment =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-javaagent:" + home.agent(),
            "HEDDLE_CONTROL",
            control,
            "HEDDLE_WORKLOAD",
            instance.name(),
            "HEDDLE_LABELS",
            "app=" + instance.service() + ",version=" + instance.version(),
            "HEDDLE_ADMIN",
            "off",
            "PORT",
            "0",
            "VERSION",
            instance.version());
    Program program =
        new Program(
            instance.name(),
            command,
            environment,
            workspace.log(instance.name()),
            SHOP_READY,
            line -> {});
    programs.add(program);
    return program;
  }

  private String ready(Program program) throws IOException, InterruptedException {
    try {
      return program.awaitReady();
    } catch (IOException e) {
      String words = workspace.lastWords(program.name(), 10);
      throw new IOException(e.getMessage() + "; its last words:\n" + words, e);
    }
  }

  int storefrontPort() {
    return storefrontPort;
  }

  Problems problems() {
    return problems;
  }

  /** Ends every process; none is left when this returns. */
  @Override
  public void close() {
    programs.forEach(Program::stop);
    programs.forEach(Program::close);
  }
}
