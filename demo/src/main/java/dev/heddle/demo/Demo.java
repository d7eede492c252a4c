package dev.heddle.demo;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle demo}: the command line. */
@Command(
    name = "heddle demo",
    mixinStandardHelpOptions = true,
    version = "heddle 0.1.0",
    sortOptions = false,
    description = {
      "Starts control and a shop of four unmodified programs under the agent, calls it gently, and",
      "shows what the rules do. Edit the rules while it runs. As root on Linux a fifth program, in",
      "Python and behind the node daemon, is in the same mesh, with mutual TLS everywhere.",
      ""
    },
    footer = {
      "",
      "Examples:  heddle demo                     watch and edit",
      "           heddle demo --once              the five rule files with checks, then the end",
      "           heddle demo --app-jdk /opt/jdk-17  the shop on another JDK",
      "Exit codes: 0 all well, 1 a check failed or something did not start, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Demo implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Run the tour with its checks, then end.")
  private boolean once;

  @Option(names = "--plain", description = "Plain lines, also on a terminal.")
  private boolean plain;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description = "Calls a second, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--app-jdk",
      paramLabel = "HOME",
      description = "JDK 17 or newer that runs the shop (default: the one that runs this).")
  private @Nullable Path appJdk;

  @Option(names = "--jvm-only", description = "Leave out the program in Python, also as root.")
  private boolean jvmOnly;

  @Option(names = "--home", hidden = true, defaultValue = ".", description = "Heddle's clone.")
  private Path home;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (rate < 1 || rate > 1000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rate: " + rate + " (expected: 1 to 1000 calls a second)");
    }
    try {
      return run();
    } catch (IOException e) {
      spec.commandLine().getErr().println("heddle demo: " + e.getMessage());
      return FAILED;
    }
  }

  private int run() throws IOException, InterruptedException {
    Home clone = new Home(home);
    String java = appJdk == null ? Java.own() : Java.of(appJdk);
    Workspace workspace = new Workspace(clone.rules());
    Optional<String> missing = jvmOnly ? Optional.of("--jvm-only") : Requirements.missing();
    Mesh mesh = new Mesh(clone, java, workspace, missing.isEmpty());
    Ending ending = new Ending(mesh, workspace);
    try (ending) {
      long start = System.nanoTime();
      PrintWriter out = spec.commandLine().getOut();
      out.println("Starting control and seven programs under the agent ...");
      String part = part(missing);
      out.println(part);
      out.flush();
      mesh.start();
      Load load =
          new Load(mesh.address(), mesh.storefrontPort(), Routes.of(mesh.pod().isPresent()));
      load.awaitShop();
      out.printf("Up after %.1f s.%n", (System.nanoTime() - start) / 1e9);
      if (once) {
        return new Tour(load, workspace, mesh.pod(), out).run() ? 0 : FAILED;
      }
      watch(load, mesh, new Screen(out, !plain && onTerminal(), workspace, part));
      return 0;
    }
  }

  /** In one line, whether the program that is no Java takes part. */
  private static String part(Optional<String> missing) {
    return missing
        .map(
            reason ->
                "Left out: recommendations, in Python behind the node daemon: " + reason + ".")
        .orElse("With them, in Python behind the node daemon: recommendations; mutual TLS.");
  }

  private void watch(Load load, Mesh mesh, Screen screen) throws IOException, InterruptedException {
    screen.open();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      load.start(timer, rate);
      long last = System.nanoTime();
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.SECONDS.sleep(1); // one interval of the table
        long now = System.nanoTime();
        screen.show(load.take(), (now - last) / 1e9, mesh.problems().now());
        last = now;
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 give one always, 25 on a terminal only
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
