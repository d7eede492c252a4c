package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.call.Responder;
import dev.heddle.benchmarks.call.WorkerProcess;
import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.SecureControl;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same server three times: in plaintext, under the agent, and behind two Envoys. */
final class MutualTlsMesh implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private static final String RULES =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: callee}
      spec:
        hosts: [callee]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: 9080, name: http, protocol: HTTP}]
        endpoints:
        - address: 127.0.0.1
          ports: {http: ${PORT}}
          labels: {security.istio.io/tlsMode: istio}
          serviceAccount: callee
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: strict}
      spec: {mtls: {mode: STRICT}}
      """;

  private final Home home;
  private final Workspace workspace;
  private final Path hosts;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final SecureControl control;
  private final Server plain;
  private final Server secure;
  private final Server proxied;
  private final Envoy in;
  private final Envoy out;

  /** A responder and where it listens. */
  record Server(Child process, String port) {}

  MutualTlsMesh(Home home, Workspace workspace) throws IOException, InterruptedException {
    this.home = home;
    this.workspace = workspace;
    this.hosts = workspace.write("names", "hosts", "127.0.0.1 callee plain\n");
    try {
      control = kept(new SecureControl(home, workspace));
      plain = server(Map.of(), List.of());
      proxied = server(Map.of(), List.of());
      secure = server(control.settings("callee"), agent());
      workspace.write("rules", "rules.yaml", RULES.replace("${PORT}", secure.port()));
      Path certificate = control.certificate("envoy");
      in = kept(envoy("in.yaml", certificate, Integer.parseInt(proxied.port())));
      out = kept(envoy("out.yaml", certificate, in.port()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Envoy envoy(String template, Path certificate, int next)
      throws IOException, InterruptedException {
    return new Envoy(home, workspace, template, certificate, next);
  }

  private List<String> agent() throws IOException {
    return List.of("-javaagent:" + home.agent());
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private Server server(Map<String, String> environment, List<String> agent)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Java.own().command()));
    command.addAll(agent);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Responder.class.getName()));
    Child child = kept(new Child("responder", command, environment, workspace.folder("logs")));
    return new Server(child, child.answer("port ", START));
  }

  /** Whose client is a JVM as it is. */
  WorkerProcess plainClient(String library) throws IOException {
    return client(library, List.of(), Map.of());
  }

  /** Whose client has the agent and an identity. */
  WorkerProcess secureClient(String library) throws IOException, InterruptedException {
    return client(library, agent(), new HashMap<>(control.settings("caller")));
  }

  private WorkerProcess client(String library, List<String> agent, Map<String, String> settings)
      throws IOException {
    return new WorkerProcess(library, hosts, agent, settings, workspace.folder("logs"));
  }

  String plainUrl(String path) {
    return "http://plain:" + plain.port() + path;
  }

  String secureUrl(String path) {
    return "http://callee:9080" + path;
  }

  String envoyUrl(String path) {
    return "http://plain:" + out.port() + path;
  }

  Server plainServer() {
    return plain;
  }

  Server secureServer() {
    return secure;
  }

  List<Child> proxiedProcesses() {
    return List.of(proxied.process(), in.process(), out.process());
  }

  Path certificate(String account) throws IOException, InterruptedException {
    return control.certificate(account);
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable closeable : open.reversed()) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
