package dev.heddle.control.command;

import dev.heddle.control.ca.RootRotation;
import dev.heddle.control.ca.RootRotation.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control rotate-root}: a new root without a refused connection. */
@Command(
    name = "rotate-root",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Does the next of the three steps to a new root; running processes follow.",
    footer = {
      "",
      "1st run: a new root is made and trusted beside the old one.",
      "2nd run, a minute later: the new root signs.",
      "3rd run, when all that the old one signed has expired: it is trusted no more.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 too early, the time is told."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class RotateRootCommand implements Callable<Integer> {

  private static final int TOO_EARLY = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ca-dir",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the authority.")
  private Path directory;

  @Option(
      names = "--trust-domain",
      defaultValue = "cluster.local",
      paramLabel = "DOMAIN",
      description = "Trust domain that the new root is named after (default: ${DEFAULT-VALUE}).")
  private String trustDomain;

  @Option(
      names = "--certificate-lifetime",
      defaultValue = "24h",
      paramLabel = "DURATION",
      description = "As the control service has it: the third step waits so long after the second.")
  private Duration lifetime;

  @Option(
      names = "--now",
      description = "Does not wait: who has not heard of the last step may be refused.")
  private boolean now;

  @Override
  public Integer call() throws IOException {
    RootRotation rotation =
        new RootRotation(
            directory, trustDomain, lifetime, InstantSource.system(), new SecureRandom());
    Outcome outcome = rotation.step(!now);
    PrintWriter out = spec.commandLine().getOut();
    switch (outcome) {
      case Outcome.Staged staged ->
          out.println("step 1 of 3: " + staged.subject() + " is trusted beside the old root");
      case Outcome.Switched switched ->
          out.println(
              "step 2 of 3: " + switched.subject() + " signs, the old root is trusted still");
      case Outcome.Finished finished ->
          out.println("step 3 of 3: " + finished.subject() + " is trusted no more");
      case Outcome.TooEarly early -> {
        out.println("too early for the next step; again from " + early.from());
        return TOO_EARLY;
      }
    }
    return 0;
  }
}
