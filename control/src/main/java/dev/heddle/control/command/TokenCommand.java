package dev.heddle.control.command;

import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.OfflineAuthority;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle-control token}: the first proof of who a workload or a node's daemon is. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints a token with which an agent gets its workload's first certificate.",
    footer = {
      "",
      "Example:  heddle-control token --ca-dir ./ca --namespace shop --service-account reviews \\",
      "            > reviews.token      and for the agent: HEDDLE_TOKEN_FILE=reviews.token"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class TokenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WorkloadOptions workload;

  @Option(
      names = "--valid-for",
      defaultValue = "24h",
      paramLabel = "DURATION",
      description = "How long the token is believed (default: ${DEFAULT-VALUE}).")
  private Duration validFor;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "In place of a workload's: the token of the daemon of this node, which may have"
              + " certificates of the pods there.")
  private @Nullable String node;

  @Override
  public Integer call() throws IOException {
    OfflineAuthority authority =
        new OfflineAuthority(workload.directory(), InstantSource.system(), new SecureRandom());
    String token = authority.token(caller(), validFor);
    spec.commandLine().getOut().println(token);
    return 0;
  }

  private Caller caller() {
    if (node == null) {
      return Caller.workload(workload.identity());
    }
    if (workload.namesWorkload()) {
      throw new ParameterException(
          spec.commandLine(), "--node and --namespace (expected: one of them)");
    }
    try {
      return Caller.node(workload.trustDomain(), node);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
