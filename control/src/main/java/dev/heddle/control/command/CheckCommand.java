package dev.heddle.control.command;

import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.check.Checks;
import dev.heddle.control.kubernetes.check.Finding;
import dev.heddle.control.kubernetes.check.Finding.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control check}: is the cluster fit for the mesh, and the mesh sound. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Looks at a cluster and the mesh in it; each finding comes with its fix.",
    footer = {
      "",
      "Nothing is changed: a pod is asked for in namespace default, as a dry run.",
      "",
      "Example:  heddle check --pre     before install",
      "Exit codes: 0 no error, 1 errors or the cluster cannot be asked, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class CheckCommand implements Callable<Integer> {

  private static final int ERRORS = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--pre", description = "Before install: versions, permissions, other meshes.")
  private boolean before;

  @Option(names = "--json", description = "Findings as a JSON array.")
  private boolean json;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "As kubectl's; without it KUBECONFIG, then ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Override
  public Integer call() throws IOException {
    List<Finding> findings;
    try (Connection connection = Connection.open(kubeconfig)) {
      Checks checks = new Checks(connection, InstantSource.system());
      findings = before ? checks.before() : checks.after();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Checks.json(findings));
    } else {
      findings.forEach(finding -> print(out, finding));
    }
    out.flush();
    return findings.stream().anyMatch(finding -> finding.level() == Level.ERROR) ? ERRORS : 0;
  }

  private static void print(PrintWriter out, Finding finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    out.printf("%-8s %s: %s%n", level, finding.check(), finding.said());
    if (!finding.fix().isEmpty()) {
      out.println("         do: " + finding.fix());
    }
  }
}
