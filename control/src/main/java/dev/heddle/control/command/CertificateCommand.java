package dev.heddle.control.command;

import dev.heddle.control.ca.OfflineAuthority;
import dev.heddle.control.ca.RefusedRequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control certificate}: an identity for tools that have no agent. */
@Command(
    name = "certificate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes key.pem, cert-chain.pem and root-cert.pem of a workload, for curl and openssl.",
    footer = {
      "",
      "Example:  heddle-control certificate --ca-dir ./ca --namespace shop --out ./me",
      "          curl --cert me/cert-chain.pem --key me/key.pem --cacert me/root-cert.pem ..."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class CertificateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private WorkloadOptions workload;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; what is there of these names is replaced.")
  private Path out;

  @Option(
      names = "--valid-for",
      defaultValue = "24h",
      paramLabel = "DURATION",
      description = "How long the certificate is valid (default: ${DEFAULT-VALUE}).")
  private Duration validFor;

  @Override
  public Integer call() throws IOException, RefusedRequestException {
    OfflineAuthority authority =
        new OfflineAuthority(workload.directory(), InstantSource.system(), new SecureRandom());
    Instant until = authority.writeCertificate(workload.identity(), validFor, out);
    spec.commandLine()
        .getOut()
        .println(workload.identity().uri() + " until " + until + " in " + out);
    return 0;
  }
}
