package dev.heddle.node;

import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.workload.ControlSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle-node}: the command line. */
@Command(
    name = "heddle-node",
    mixinStandardHelpOptions = true,
    version = "heddle-node " + Main.VERSION,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Serves the traffic of all pods of this node that hold no agent.",
      "",
      "heddle-init, run in a pod, redirects the pod's traffic and hands the pod over at --socket.",
      "The daemon listens inside the pod, routes and judges by the rules of the control service,",
      "and speaks mesh TLS as the pod. It runs as root (SYS_ADMIN to enter pods, NET_ADMIN to"
          + " mark).",
      ""
    },
    footer = {
      "",
      "Example:",
      "  heddle-control token --ca-dir ./ca --node node-1 > node.token",
      "  heddle-node --control 127.0.0.1:15012 --token-file node.token \\",
      "      --control-ca ./ca/root-cert.pem --node node-1 \\",
      "      --socket /run/heddle/node.sock --state /var/lib/heddle",
      "",
      "On SIGTERM it takes nothing new, lets connections end for --drain, and ends. The next"
          + " daemon",
      "may be started before: it takes over socket and pods, and nothing is cut.",
      "Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Main implements Callable<Integer> {

  static final String VERSION = "0.1.0";

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int MAX_THREADS = 256;
  private static final int MAX_DRAIN_SECONDS = 3_600;
  private static final int MAX_WARM_UP_MILLIS = 60_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--control",
      paramLabel = "HOST:PORT",
      required = true,
      description = "The control service's TLS port, 15012.")
  private String control;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      required = true,
      description = "This node's token; read again at each use.")
  private Path token;

  @Option(
      names = "--control-ca",
      paramLabel = "FILE",
      required = true,
      description = "Roots to believe of the control service, PEM.")
  private Path roots;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      required = true,
      description = "Name of this node, as pods have it in spec.nodeName.")
  private String node;

  @Option(
      names = "--socket",
      paramLabel = "SOCKET",
      required = true,
      description = "Unix socket to make, where heddle-init hands pods over.")
  private Path socket;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      required = true,
      description =
          "Directory that outlives the daemon: captured pods and the last good configuration.")
  private Path state;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15000",
      description =
          "Pages for people, / lists them (default: ${DEFAULT-VALUE}; port 0 takes a free one).")
  private String admin;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15020",
      description = "/metrics for Prometheus (default: ${DEFAULT-VALUE}).")
  private String metrics;

  @Option(
      names = "--ready",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15021",
      description = "/ready and /healthz for the kubelet (default: ${DEFAULT-VALUE}).")
  private String ready;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops, shared by all pods, 1 to 256 (default: one per processor).")
  private int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--warm-up",
      paramLabel = "MILLIS",
      defaultValue = "1000",
      description =
          "How long it calls itself before it is ready, so that first calls find compiled code, 0"
              + " to 60000 or off (default: ${DEFAULT-VALUE}).")
  private String warmUp;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "How long connections may take to end after SIGTERM, 0 to 3600 (default:"
              + " ${DEFAULT-VALUE}).")
  private int drain;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description =
          "Writes a line of JSON for each request, or connection, that comes to a pod; - is stdout"
              + " (default: none).")
  private @Nullable String accessLog;

  /** Runs until a signal comes. */
  public static void main(String[] arguments) {
    Logging.prepare();
    MeshTls.prepareJvm();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setParameterExceptionHandler(Main::wrongUsage);
  }

  /** The mistake alone: the whole help would push it off the screen. */
  private static int wrongUsage(ParameterException mistake, String[] arguments) {
    PrintWriter err = mistake.getCommandLine().getErr();
    err.println("heddle-node: " + mistake.getMessage() + "; --help says more");
    return USAGE;
  }

  @Override
  public Integer call() throws InterruptedException {
    NodeSettings settings = settings();
    Daemon daemon;
    try {
      daemon = Daemon.start(settings);
    } catch (IOException | IllegalStateException | UnsatisfiedLinkError e) {
      spec.commandLine().getErr().println("heddle-node: cannot start: " + reason(e));
      return FAILED;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon, stopped), "heddle-stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println("admin " + settings.admin().getHostString() + ":" + daemon.adminPort());
    out.println("metrics " + settings.metrics().getHostString() + ":" + daemon.metricsPort());
    out.println("probe " + settings.ready().getHostString() + ":" + daemon.readyPort());
    out.println("socket " + settings.socket());
    out.println("ready");
    out.flush();
    stopped.await();
    return 0;
  }

  private static void stop(Daemon daemon, CountDownLatch stopped) {
    try {
      daemon.close();
    } finally {
      stopped.countDown();
      Runtime.getRuntime().halt(0); // being told to stop is no failure; the JVM would say 143
    }
  }

  private NodeSettings settings() {
    readable("--token-file", token);
    readable("--control-ca", roots);
    within("--threads", threads, 1, MAX_THREADS);
    within("--drain", drain, 0, MAX_DRAIN_SECONDS);
    int colon = colon("--control", control);
    ControlSettings whom =
        new ControlSettings(
            control.substring(0, colon),
            port("--control", control, colon),
            roots,
            token,
            node,
            state.resolve("control"),
            VERSION);
    return new NodeSettings(
        whom,
        socket.toAbsolutePath(),
        state,
        address("--admin", admin),
        address("--metrics", metrics),
        address("--ready", ready),
        threads,
        warmUp(),
        Duration.ofSeconds(drain),
        accessLog);
  }

  private void readable(String option, Path file) {
    if (!Files.isReadable(file)) {
      throw wrong(option + ": cannot read " + file);
    }
  }

  private void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(option + " " + value + " (expected: " + least + " to " + most + ")");
    }
  }

  private Duration warmUp() {
    try {
      int millis = warmUp.equals("off") ? 0 : Integer.parseInt(warmUp);
      within("--warm-up", millis, 0, MAX_WARM_UP_MILLIS);
      return Duration.ofMillis(millis);
    } catch (NumberFormatException e) {
      throw wrong(
          "--warm-up \""
              + warmUp
              + "\" (expected: milliseconds, 0 to "
              + MAX_WARM_UP_MILLIS
              + ", or off)");
    }
  }

  private int colon(String option, String value) {
    int colon = value.lastIndexOf(':');
    if (colon < 1) {
      throw wrong(option + ": \"" + value + "\" (expected: HOST:PORT)");
    }
    return colon;
  }

  private int port(String option, String value, int colon) {
    try {
      int port = Integer.parseInt(value.substring(colon + 1));
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, with what was expected
    }
    throw wrong(option + ": \"" + value + "\" (expected: HOST:PORT, port 0 to 65535)");
  }

  private InetSocketAddress address(String option, String value) {
    int colon = colon(option, value);
    InetSocketAddress address =
        new InetSocketAddress(value.substring(0, colon), port(option, value, colon));
    if (address.isUnresolved()) {
      throw wrong(option + ": \"" + value + "\" (expected: a host that resolves)");
    }
    return address;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String reason(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return e.getCause() == null ? message : message + ": " + e.getCause().getMessage();
  }
}
