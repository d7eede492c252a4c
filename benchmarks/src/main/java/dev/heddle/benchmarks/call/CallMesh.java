package dev.heddle.benchmarks.call;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.ControlProcess;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What workers call: one responder, a managed name and an unmanaged one for it, and control. */
final class CallMesh implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  /** A mesh as people have it: subset, outlier detection, rules before the one that matches. */
  private static final String RULES =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: reviews}
      spec:
        hosts: [reviews.default.svc.cluster.local]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: ${PORT}, name: http, protocol: HTTP}]
        endpoints:
        - {address: 127.0.0.1, ports: {http: ${PORT}}, labels: {version: v1}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews}
      spec:
        host: reviews
        trafficPolicy:
          outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}
        subsets:
        - {name: v1, labels: {version: v1}}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews}
      spec:
        hosts: [reviews]
        http:
        - match: [{uri: {exact: /probe}}]
          directResponse: {status: 418}
        - match: [{headers: {end-user: {exact: tester}}}]
          route: [{destination: {host: reviews, subset: v1}}]
        - match: [{uri: {prefix: /timed}}]
          timeout: 5s
          route: [{destination: {host: reviews, subset: v1}}]
        - route: [{destination: {host: reviews, subset: v1}}]
      """;

  private final Home home;
  private final Path logs;
  private final Path hosts;
  private final Child responder;
  private final ControlProcess control;
  private final String port;

  CallMesh(Home home, Workspace workspace) throws IOException, InterruptedException {
    this.home = home;
    this.logs = workspace.folder("logs");
    this.hosts = workspace.write("names", "hosts", "127.0.0.1 reviews elsewhere\n");
    this.responder =
        new Child(
            "responder",
            List.of(
                Java.own().command(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Responder.class.getName()),
            Map.of(),
            logs);
    try {
      this.port = responder.answer("port ", START);
      workspace.write("rules", "rules.yaml", RULES.replace("${PORT}", port));
      this.control = new ControlProcess(home, workspace.folder("rules"), logs);
    } catch (IOException | InterruptedException | RuntimeException e) {
      responder.close();
      throw e;
    }
  }

  String managed(String path) {
    return "http://reviews:" + port + path;
  }

  String unmanaged(String path) {
    return "http://elsewhere:" + port + path;
  }

  WorkerProcess plain(String library) throws IOException {
    return new WorkerProcess(library, hosts, List.of(), Map.of(), logs);
  }

  /** On a busy machine the rules come later than an app would wait for them. */
  WorkerProcess underAgent(String library) throws IOException {
    return new WorkerProcess(
        library,
        hosts,
        List.of("-javaagent:" + home.agent()),
        Map.of(
            "HEDDLE_CONTROL",
            control.address(),
            "HEDDLE_ADMIN",
            "off",
            "HEDDLE_FIRST_CALL_WAIT",
            START.toSeconds() + "s"),
        logs);
  }

  @Override
  public void close() {
    control.close();
    responder.close();
  }
}
