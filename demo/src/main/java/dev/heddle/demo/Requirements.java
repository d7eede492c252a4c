package dev.heddle.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a program without a JVM needs of the machine: a network namespace and redirect rules. */
final class Requirements {

  private Requirements() {}

  /** What is missing here, in a few words; empty if nothing is. */
  static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("it needs Linux");
    }
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("it needs root, for network namespaces and redirect rules");
    }
    return Stream.of("ip", "nsenter", "unshare", "iptables", "python3")
        .filter(program -> !isInstalled(program))
        .findFirst()
        .map(program -> program + " is not installed")
        .or(Requirements::refusal);
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Root in a container may not be allowed to, and a kernel may lack the tables. */
  private static Optional<String> refusal() {
    try {
      Commands.run("unshare --net iptables -t nat -S");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("network namespaces or redirect rules are refused here");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
