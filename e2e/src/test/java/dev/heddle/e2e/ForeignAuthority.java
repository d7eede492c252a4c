package dev.heddle.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signs with openssl what no control service would: any name, any time, any root. */
final class ForeignAuthority {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long COMMAND_SECONDS = 30;

  private final Path directory;
  private final Path certificate;
  private final Path key;

  private ForeignAuthority(Path directory, Path certificate, Path key) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.certificate = certificate;
    this.key = key;
  }

  /** Has the key of the mesh's own, which lies beside its root. */
  static ForeignAuthority ofMesh(Path directory, Path root) throws IOException {
    return new ForeignAuthority(
        directory, root.resolveSibling("ca-cert.pem"), root.resolveSibling("ca-key.pem"));
  }

  /** Has a root of its own. */
  static ForeignAuthority ownRoot(Path directory) throws IOException, InterruptedException {
    Path certificate = directory.resolve("ca-cert.pem");
    ForeignAuthority own =
        new ForeignAuthority(directory, certificate, directory.resolve("ca-key.pem"));
    own.openssl(
        "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 2 -subj /CN=foreign",
        "-keyout",
        own.key.toString(),
        "-out",
        certificate.toString());
    return own;
  }

  /** A file with a certificate for this URI, valid between these times, and its key. */
  Path issue(String name, String uri, Instant from, Instant to)
      throws IOException, InterruptedException {
    Path config = directory.resolve(name + ".cnf");
    Files.writeString(
        config,
        """
        [ca]
        default_ca = any
        [any]
        database = %1$s/%2$s.index
        new_certs_dir = %1$s
        rand_serial = yes
        default_md = sha256
        policy = names
        [names]
        commonName = optional
        [leaf]
        subjectAltName = critical,URI:%3$s
        extendedKeyUsage = clientAuth,serverAuth
        keyUsage = critical,digitalSignature
        """
            .formatted(directory, name, uri));
    Files.writeString(directory.resolve(name + ".index"), "");
    Path request = directory.resolve(name + ".csr");
    Path leafKey = directory.resolve(name + ".key");
    Path leaf = directory.resolve(name + ".crt");
    openssl(
        "req -new -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=" + name,
        "-keyout",
        leafKey.toString(),
        "-out",
        request.toString());
    openssl(
        "ca -batch -notext -extensions leaf -startdate %s -enddate %s"
            .formatted(TIME.format(from), TIME.format(to)),
        "-config",
        config.toString(),
        "-cert",
        certificate.toString(),
        "-keyfile",
        key.toString(),
        "-in",
        request.toString(),
        "-out",
        leaf.toString());
    Path both = directory.resolve(name + ".pem");
    return Files.writeString(both, Files.readString(leaf) + Files.readString(leafKey));
  }

  private void openssl(String options, String... files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(options.split(" ", -1)));
    command.addAll(List.of(files));
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    run.getOutputStream().close();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!run.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
      throw new IOException(command + ": " + said);
    }
  }
}
