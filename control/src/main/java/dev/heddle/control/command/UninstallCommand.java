package dev.heddle.control.command;

import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.install.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control uninstall}: the mesh out of a cluster. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Deletes what install made, and the bundles in all namespaces.",
    footer = {
      "",
      "Pods that are in the mesh are to leave it first: take the label off their namespace and",
      "restart them. Those of the node daemon lose their network with it.",
      "",
      "Exit codes: 0 done, 1 failed or pods are still in the mesh, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class UninstallCommand implements Callable<Integer> {

  private static final int SHOWN = 10;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions options;

  @Option(names = "--crds", description = "The kinds of rules too, and with them every rule.")
  private boolean ruleKinds;

  @Option(names = "--anyway", description = "Although pods are still in the mesh.")
  private boolean anyway;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection = Connection.open(options.kubeconfig())) {
      Installation installation = new Installation(connection, line -> print(out, line));
      List<String> pods = anyway ? List.of() : installation.meshPods();
      if (!pods.isEmpty()) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(pods.size() + " pods are still in the mesh; restart them without it first:");
        pods.stream().limit(SHOWN).forEach(pod -> err.println("  " + pod));
        err.println("--anyway goes on");
        return FAILED;
      }
      installation.delete(options.read(), ruleKinds);
      return 0;
    }
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
