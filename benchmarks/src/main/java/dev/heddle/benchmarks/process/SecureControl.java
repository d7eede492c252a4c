package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The control service with its certificate authority, and identities for those who ask it. */
public final class SecureControl implements AutoCloseable {

  private static final long COMMAND_SECONDS = 60;

  private final Home home;
  private final Workspace workspace;
  private final Path authority;
  private final ControlProcess control;

  /** Starts it over the folder {@code rules} of the workspace. */
  public SecureControl(Home home, Workspace workspace) throws IOException, InterruptedException {
    this(List.of(), home, workspace);
  }

  /** The same, run by a command that runs others. */
  public SecureControl(List<String> runner, Home home, Workspace workspace)
      throws IOException, InterruptedException {
    this.home = home;
    this.workspace = workspace;
    this.authority = workspace.folder("authority");
    this.control =
        new ControlProcess(
            runner,
            home,
            workspace.folder("rules"),
            workspace.folder("logs"),
            "--ca-dir",
            authority.toString(),
            "--tls",
            "127.0.0.1:0");
  }

  /** Environment of an agent that is this service account. */
  public Map<String, String> settings(String serviceAccount)
      throws IOException, InterruptedException {
    Path token = workspace.folder("tokens").resolve(serviceAccount);
    command(token, "token", "--namespace", "default", "--service-account", serviceAccount);
    return Map.of(
        "HEDDLE_CONTROL",
        control.address("tls"),
        "HEDDLE_CONTROL_TLS",
        "on",
        "HEDDLE_CONTROL_CA",
        authority.resolve("root-cert.pem").toString(),
        "HEDDLE_TOKEN_FILE",
        token.toString(),
        "HEDDLE_SERVICE_ACCOUNT",
        serviceAccount,
        "HEDDLE_ADMIN",
        "off",
        "HEDDLE_FIRST_CALL_WAIT",
        "30s");
  }

  /** The file with the token of a node daemon. */
  public Path nodeToken(String node) throws IOException, InterruptedException {
    Path token = workspace.folder("tokens").resolve(node);
    command(token, "token", "--node", node);
    return token;
  }

  /** Whom those who call it believe. */
  public Path roots() {
    return authority.resolve("root-cert.pem");
  }

  /** Where it is called over TLS: host:port. */
  public String address() {
    return control.address("tls");
  }

  /** Key, chain and root as files, for programs without an agent. */
  public Path certificate(String serviceAccount) throws IOException, InterruptedException {
    Path out = workspace.folder("certificates").resolve(serviceAccount);
    command(
        workspace.folder("logs").resolve("certificate.out"),
        "certificate",
        "--namespace",
        "default",
        "--service-account",
        serviceAccount,
        "--out",
        out.toString());
    return out;
  }

  private void command(Path output, String name, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Java.own().command(), "-jar", home.control().toString(), name));
    command.addAll(List.of("--ca-dir", authority.toString()));
    command.addAll(List.of(options));
    Path errors = workspace.folder("logs").resolve(name + ".log");
    Process run =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!run.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
      run.destroyForcibly();
      throw new IOException("heddle-control " + name + ": " + Files.readString(errors));
    }
  }

  @Override
  public void close() {
    control.close();
  }
}
