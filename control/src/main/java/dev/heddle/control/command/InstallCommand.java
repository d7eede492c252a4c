package dev.heddle.control.command;

import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.install.Installation;
import dev.heddle.control.kubernetes.install.Manifests;
import dev.heddle.control.kubernetes.install.Rollout;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control install}: the mesh into a cluster. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Applies the mesh's manifests and waits until control and the node daemons run.",
    footer = {
      "",
      "Example:  heddle install --dry-run | kubectl apply --server-side -f -",
      "          heddle install --overlay production --image-registry registry.example.com/heddle",
      "Exit codes: 0 done, 1 failed or not ready in time, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class InstallCommand implements Callable<Integer> {

  private static final long LOOK_AGAIN_MILLIS = 1_000;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions options;

  @Option(
      names = "--dry-run",
      description = "Prints the manifests and asks no cluster; --without-crds leaves those out.")
  private boolean dryRun;

  @Option(
      names = "--without-crds",
      description =
          "Leaves the kinds of rules out. Without it those of another mesh stay as they are, unless"
              + " what --dry-run prints is applied.")
  private boolean withoutCrds;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long to wait for the pods, 0s: not at all (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Manifests manifests = withoutCrds ? options.read().withoutRuleKinds() : options.read();
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      out.print(manifests.yaml());
      out.flush();
      return 0;
    }
    try (Connection connection = Connection.open(options.kubeconfig())) {
      out.println("Installing into " + connection);
      new Installation(connection, line -> print(out, line)).apply(manifests);
      return patience.isZero() || isReady(new Rollout(connection), out) ? 0 : FAILED;
    }
  }

  private boolean isReady(Rollout rollout, PrintWriter out) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    String told = "";
    while (true) {
      List<String> missing = rollout.missing();
      if (missing.isEmpty()) {
        print(out, "ready");
        return true;
      }
      String line = "waiting: " + String.join(", ", missing);
      if (!line.equals(told)) {
        print(out, line);
        told = line;
      }
      if (System.nanoTime() > end) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("not ready within " + patience + ": " + String.join(", ", missing));
        rollout.reasons().forEach(reason -> err.println("  " + reason));
        err.println("heddle check says more; install again goes on from here");
        return false;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
