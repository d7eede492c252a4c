package dev.heddle.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    description = "Serves the rules in a directory of Kubernetes YAML to Heddle's agents.",
    footer = {
      "",
      "The directory holds VirtualService, DestinationRule, ServiceEntry, WorkloadEntry, Service,",
      "EndpointSlice and Pod objects, as you would kubectl-apply them. A change is in force within",
      "a second; an object that is wrong is refused with its reason and its last good version stays.",
      "",
      "Example:  heddle-control --config ./rules",
      "Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Main implements Callable<Integer> {

  private static final int USAGE = 2;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "DIR",
      description = "Directory of YAML files to follow.")
  private Path config;

  @Option(
      names = "--grpc",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15010",
      description =
          "Where agents connect, in plaintext (default: ${DEFAULT-VALUE}; port 0 takes a free one).")
  private String grpc;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:15014",
      description = "Health, metrics and debug pages (default: ${DEFAULT-VALUE}).")
  private String http;

  /** Runs until a signal comes. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  /** The JDK's HTTP server is set by properties only: seconds of one request, open connections. */
  private static void limitAdminPages() {
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    InetSocketAddress grpcAddress = address("--grpc", grpc);
    InetSocketAddress httpAddress = address("--http", http);
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isDirectory(config)) {
      err.println(
          "heddle-control: --config " + config + " is no directory; create it or name another");
      return USAGE;
    }
    limitAdminPages();
    Control control;
    try {
      control = new Control(config, grpcAddress, httpAddress);
    } catch (IOException e) {
      err.println("heddle-control: cannot start: " + reason(e) + "; is another one running there?");
      return FAILED;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(control, stopped), "heddle-stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println("grpc " + grpcAddress.getHostString() + ":" + control.grpcPort());
    out.println("http " + httpAddress.getHostString() + ":" + control.httpPort());
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

  private static String reason(IOException e) {
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
