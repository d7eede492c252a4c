package dev.heddle.control.command;

import dev.heddle.control.ca.OfflineAuthority;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control token}: a workload's first proof of who it is. */
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

  @Override
  public Integer call() throws IOException {
    OfflineAuthority authority =
        new OfflineAuthority(workload.directory(), InstantSource.system(), new SecureRandom());
    String token = authority.token(workload.identity(), validFor);
    spec.commandLine().getOut().println(token);
    return 0;
  }
}
