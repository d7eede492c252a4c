package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The control service with a certificate authority, and tokens for those who call it. */
final class IdentityControl implements AutoCloseable {

  private static final Path JAR =
      Path.of(System.getProperty("heddle.home"), "control/target/heddle-control.jar");
  private static final long COMMAND_SECONDS = 60;

  private final Path directory;
  private final Path authority;
  private final Path rules;
  private final List<String> options;
  private final Map<String, String> addresses = new HashMap<>();
  private Forked process;

  /** Starts it, with these options beside those that each has, and waits until it is ready. */
  IdentityControl(Path directory, String... options) throws IOException, InterruptedException {
    this.directory = directory;
    this.options = List.of(options);
    authority = directory.resolve("ca");
    rules = Files.createDirectories(directory.resolve("rules"));
    process = start("127.0.0.1:0");
  }

  private Forked start(String tls) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--config",
                rules.toString(),
                "--ca-dir",
                authority.toString(),
                "--tls",
                tls,
                "--grpc",
                "127.0.0.1:0",
                "--http",
                "127.0.0.1:0"));
    command.addAll(options);
    Forked started = new Forked(command, Map.of(), directory.resolve("control.log"));
    for (String line = started.read(); !line.startsWith("ready"); line = started.read()) {
      String[] words = line.split(" ", 2);
      addresses.put(words[0], words[1]);
    }
    return started;
  }

  /** Ends it as a crash would. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it again where it was. */
  void restart() throws IOException, InterruptedException {
    process = start(String.valueOf(addresses.get("tls")));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }

  /** Settings of an agent that is this service account of namespace default. */
  Map<String, String> settings(String serviceAccount) throws IOException, InterruptedException {
    return Map.of(
        "CONTROL",
        String.valueOf(addresses.get("tls")),
        "CONTROL_TLS",
        "on",
        "CONTROL_CA",
        root().toString(),
        "TOKEN_FILE",
        token(serviceAccount).toString(),
        "SERVICE_ACCOUNT",
        serviceAccount,
        "FIRST_CALL_WAIT",
        "20s");
  }

  /** The same, with these labels, which rules select it by. */
  Map<String, String> settings(String serviceAccount, String labels)
      throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(settings(serviceAccount));
    settings.put("LABELS", labels);
    return settings;
  }

  /** The roots that the mesh trusts. */
  Path root() {
    return authority.resolve("root-cert.pem");
  }

  private Path token(String serviceAccount) throws IOException, InterruptedException {
    Path token = directory.resolve(serviceAccount + ".token");
    if (!Files.exists(token)) {
      command(token, "token", "--namespace", "default", "--service-account", serviceAccount);
    }
    return token;
  }

  /** A certificate as files, for programs that are in no mesh. */
  Path certificate(String serviceAccount) throws IOException, InterruptedException {
    Path out = directory.resolve(serviceAccount + "-certificate");
    if (!Files.exists(out)) {
      command(
          directory.resolve("certificate.out"),
          "certificate",
          "--namespace",
          "default",
          "--service-account",
          serviceAccount,
          "--out",
          out.toString());
    }
    return out;
  }

  private void command(Path output, String name, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java(), "-jar", JAR.toString(), name));
    command.addAll(List.of("--ca-dir", authority.toString()));
    command.addAll(List.of(options));
    Path errors = directory.resolve("command.log");
    Process run =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!run.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
      throw new IllegalStateException(command + ": " + Files.readString(errors));
    }
  }

  /** A service whose one instance, of this account, speaks mesh TLS. */
  void service(String host, int port, String serviceAccount) throws IOException {
    write(
        host,
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: %s, namespace: default}
        spec:
          hosts: [%s]
          ports: [{number: 9080, name: http, protocol: HTTP}]
          location: MESH_INTERNAL
          resolution: STATIC
          endpoints:
          - address: 127.0.0.1
            ports: {http: %d}
            labels: {security.istio.io/tlsMode: istio}
            serviceAccount: %s
        """
            .formatted(host, host, port, serviceAccount));
  }

  /** A rule of Istio's security API in namespace default. */
  void rule(String name, String kind, String spec) throws IOException {
    write(
        name,
        """
        apiVersion: security.istio.io/v1
        kind: %s
        metadata: {name: %s, namespace: default}
        spec:
        %s
        """
            .formatted(kind, name, spec.indent(2)));
  }

  private void write(String name, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".next"), yaml);
    Files.move(file, rules.resolve(name + ".yaml"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() {
    process.close();
  }
}
