package dev.heddle.control;

import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.command.CertificateCommand;
import dev.heddle.control.command.CheckCommand;
import dev.heddle.control.command.ExplainCommand;
import dev.heddle.control.command.InstallCommand;
import dev.heddle.control.command.RotateRootCommand;
import dev.heddle.control.command.TokenCommand;
import dev.heddle.control.command.UninstallCommand;
import dev.heddle.rules.GoDuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle-control}: the command line. */
@Command(
    name = "heddle-control",
    mixinStandardHelpOptions = true,
    version = "heddle-control 0.1.0",
    sortOptions = false,
    subcommands = {
      TokenCommand.class,
      CertificateCommand.class,
      RotateRootCommand.class,
      ExplainCommand.class,
      InstallCommand.class,
      UninstallCommand.class,
      CheckCommand.class
    },
    description =
        "Serves the rules in a directory of Kubernetes YAML, or in a cluster, to Heddle's agents.",
    footer = {
      "",
      "A directory holds Istio's rules, Service, EndpointSlice and Pod objects, as you would",
      "kubectl-apply them; in a cluster they are the API server's. A change is in force within a",
      "second; an object that is wrong is refused with its reason and its last good version stays.",
      "",
      "Example:  heddle-control --config ./rules",
      "          heddle-control --config ./rules --ca-dir ./ca      with identities and mutual TLS",
      "          heddle-control --kubernetes --kubeconfig ~/.kube/config      of a cluster",
      "Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Main implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Mixin private SourceOptions source;

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15010",
      description =
          "Where agents connect, in plaintext (default: ${DEFAULT-VALUE}; port 0 takes a free"
              + " one).")
  private String grpc;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15014",
      description = "Health, metrics and debug pages (default: ${DEFAULT-VALUE}).")
  private String http;

  @Option(
      names = "--ca-dir",
      paramLabel = "DIR",
      description =
          "Directory of the mesh's certificate authority, made where there is none. With it agents"
              + " get identities and connect over TLS; Istio's plugged-in CA files work here.")
  private @Nullable Path caDirectory;

  @Option(
      names = "--tls",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15012",
      description = "Where agents connect over TLS, with --ca-dir (default: ${DEFAULT-VALUE}).")
  private String tls;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description =
          "A further DNS name or address of this service in its certificate; can be repeated.")
  private List<String> tlsNames = new ArrayList<>();

  @Option(
      names = "--trust-domain",
      paramLabel = "DOMAIN",
      defaultValue = "cluster.local",
      description = "First part of all identities (default: ${DEFAULT-VALUE}).")
  private String trustDomain;

  @Option(
      names = "--certificate-lifetime",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description =
          "How long workloads' certificates are valid at most, from 5s on (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration lifetime;

  /** Runs until a signal comes. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(Duration.class, text -> GoDuration.parse(text).value());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + reason(e));
          return FAILED;
        });
    return line;
  }

  /** The JDK's HTTP server is set by properties only: seconds of one request, open connections. */
  private static void limitAdminPages() {
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "256");
    // Head and body of an answer are written apart; the second must not wait for the first's ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter err = spec.commandLine().getErr();
    ControlSettings settings =
        new ControlSettings(
            source.source(this::address), address("--grpc", grpc), address("--http", http), tls());
    limitAdminPages();
    Control control;
    try {
      control = new Control(settings);
    } catch (IOException e) {
      err.println("heddle-control: cannot start: " + reason(e) + hint(e));
      return FAILED;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(control, stopped), "heddle-stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println("grpc " + settings.grpc().getHostString() + ":" + control.grpcPort());
    if (settings.tls() != null) {
      out.println("tls " + settings.tls().address().getHostString() + ":" + control.tlsPort());
    }
    out.println("http " + settings.http().getHostString() + ":" + control.httpPort());
    if (settings.source() instanceof ControlSettings.Kubernetes in && in.webhooks() != null) {
      String host = in.webhooks().address().getHostString();
      out.println("webhooks " + host + ":" + control.webhooksPort());
    }
    out.println("ready");
    out.flush();
    stopped.await();
    return 0;
  }

  private static void stop(Control control, CountDownLatch stopped) {
    try {
      control.close();
    } catch (IOException e) {
      // The process ends either way and its sockets with it.
    } finally {
      stopped.countDown();
      Runtime.getRuntime().halt(0); // being told to stop is no failure; the JVM would say 143
    }
  }

  private ControlSettings.@Nullable Tls tls() {
    if (caDirectory == null) {
      return null;
    }
    InetSocketAddress address = address("--tls", tls);
    try {
      return new ControlSettings.Tls(
          address, new AuthoritySettings(caDirectory, trustDomain, lifetime, tlsNames));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static String hint(IOException e) {
    boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
    return taken ? "; is another one running there?" : "";
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return e.getCause() == null ? message : message + ": " + e.getCause().getMessage();
  }

  private InetSocketAddress address(String option, String value) {
    int colon = value.lastIndexOf(':');
    try {
      if (colon > 0) {
        int port = Integer.parseInt(value.substring(colon + 1));
        InetSocketAddress address = new InetSocketAddress(value.substring(0, colon), port);
        if (!address.isUnresolved()) {
          return address;
        }
      }
    } catch (IllegalArgumentException e) {
      // told below, with what was expected
    }
    throw new ParameterException(
        spec.commandLine(),
        option
            + ": \""
            + value
            + "\" (expected: HOST:PORT with a host that resolves, like 127.0.0.1:15010)");
  }
}
