package dev.heddle.control.command;

import dev.heddle.policy.identity.SpiffeId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose authority, and which workload. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class WorkloadOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--ca-dir",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the authority; made where there is none.")
  private Path directory;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      description = "Namespace of the workload.")
  private @Nullable String namespace;

  @Option(
      names = "--service-account",
      defaultValue = "default",
      paramLabel = "ACCOUNT",
      description = "Service account of the workload (default: ${DEFAULT-VALUE}).")
  private String serviceAccount;

  @Option(
      names = "--trust-domain",
      defaultValue = "cluster.local",
      paramLabel = "DOMAIN",
      description = "Trust domain of the mesh (default: ${DEFAULT-VALUE}).")
  private String trustDomain;

  String trustDomain() {
    return trustDomain;
  }

  boolean namesWorkload() {
    return namespace != null;
  }

  Path directory() {
    return directory;
  }

  /** Who the workload is; wrong usage if the names make no identity. */
  SpiffeId identity() {
    if (namespace == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--namespace=NAMESPACE'");
    }
    try {
      return SpiffeId.of(trustDomain, namespace, serviceAccount);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
