package dev.heddle.control.command;

import dev.heddle.control.ca.RootRotation;
import dev.heddle.control.ca.RootRotation.Outcome;
import dev.heddle.control.ca.SharedAuthority;
import dev.heddle.control.kubernetes.AuthoritySecrets;
import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.SecretRotation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "The authority is a directory (--ca-dir) or that of a cluster (--kubernetes).",
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

  @ArgGroup(multiplicity = "1")
  private Authority authority;

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
    Path directory = authority.directory;
    Outcome outcome =
        directory == null || authority.cluster.on ? inCluster() : rotation(directory).step(!now);
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

  private RootRotation rotation(Path directory) {
    return new RootRotation(
        directory, trustDomain, lifetime, InstantSource.system(), new SecureRandom());
  }

  /** The Secret's files are in a directory of this user's alone for a moment. */
  private Outcome inCluster() throws IOException {
    Path directory = Files.createTempDirectory("heddle-root-");
    try (Connection connection = Connection.open(authority.cluster.kubeconfig)) {
      AuthoritySecrets secrets =
          new AuthoritySecrets(connection, authority.cluster.namespace, InstantSource.system());
      return new SecretRotation(secrets)
          .step(
              directory,
              new SharedAuthority(directory, InstantSource.system(), new SecureRandom()),
              rotation(directory),
              !now);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  /** Where the authority is. */
  private static final class Authority {
    @Option(names = "--ca-dir", paramLabel = "DIR", description = "Directory of the authority.")
    private @Nullable Path directory;

    @ArgGroup(exclusive = false)
    private Cluster cluster = new Cluster();
  }

  /** The cluster whose Secret it is. */
  private static final class Cluster {
    @Option(
        names = "--kubernetes",
        required = true,
        description = "The authority of a cluster: Secret heddle-ca.")
    private boolean on;

    @Option(
        names = "--kubeconfig",
        paramLabel = "FILE",
        description = "Which cluster (default: that of this pod, else as kubectl).")
    private @Nullable Path kubeconfig;

    @Option(
        names = "--namespace",
        paramLabel = "NAMESPACE",
        defaultValue = Names.SYSTEM_NAMESPACE,
        description = "Where its Secret is (default: ${DEFAULT-VALUE}).")
    private String namespace = Names.SYSTEM_NAMESPACE;
  }
}
