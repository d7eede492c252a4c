package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JDK on which programs run under the agent. */
record Jdk(String name, Path home) {

  /** Where package managers put JDKs; JAVA17_HOME goes first. */
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"));

  /**
   * The JDK of the build and JDK 17: a machine without one of them proves less, so that is an
   * error.
   */
  static List<Jdk> all() throws IOException {
    return List.of(find(17), new Jdk("JDK 25", Path.of(System.getProperty("java.home"))));
  }

  private static Jdk find(int version) throws IOException {
    List<Path> homes = new ArrayList<>();
    String named = System.getenv("JAVA" + version + "_HOME");
    if (named != null) {
      homes.add(Path.of(named));
    }
    for (Path place : PLACES) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> entries = Files.list(place)) {
          homes.addAll(entries.sorted().toList());
        }
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isExecutable(home.resolve("bin/java"))
          && Files.isRegularFile(release)
          && Files.readString(release).contains("JAVA_VERSION=\"" + version)) {
        return new Jdk("JDK " + version, home);
      }
    }
    throw new IllegalStateException(
        "JDK " + version + " is not installed; install it or set JAVA" + version + "_HOME");
  }

  String java() {
    return home.resolve("bin/java").toString();
  }
}
