package dev.heddle.e2e.node;

import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in a pod that ask the DNS of the cluster, as a container's do. */
final class Programs implements AutoCloseable {

  private final Forked mounts;
  private final List<String> before;

  /**
   * Of a pod.
   *
   * @param directory for its resolv.conf
   * @param resolver an address
   */
  Programs(Pod pod, Path directory, String resolver) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve(pod.name() + ".resolv.conf"),
            ClusterDns.RESOLV_CONF.formatted(resolver));
    mounts =
        pod.start(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind " + file + " /etc/resolv.conf && echo $$ && exec sleep infinity");
    before = List.of("nsenter", "--target", mounts.read(), "--net", "--mount");
  }

  /** A program that is not started yet. */
  ProcessBuilder program(List<String> command, Path errors) {
    List<String> words = new ArrayList<>(before);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  /** All that it prints until it ends. */
  static String output(ProcessBuilder program) throws IOException, InterruptedException {
    Process process = program.start();
    String said;
    try (var reader = process.inputReader()) {
      said = reader.readAllAsString();
    }
    process.waitFor();
    return said;
  }

  @Override
  public void close() {
    mounts.close();
  }
}
