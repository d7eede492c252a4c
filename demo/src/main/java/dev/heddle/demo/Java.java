package dev.heddle.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a {@code java} is, and how the demo starts one. */
final class Java {

  /**
   * Small heaps and the quick compiler only: eight JVMs that are to be up in seconds on two cores.
   */
  static final List<String> SMALL =
      List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** A JVM with Netty warns of its way to memory; that is no news to who looks at a demo. */
  static final String CALM = "--sun-misc-unsafe-memory-access=allow";

  private Java() {}

  /** The one that runs this program. */
  static String own() throws IOException {
    return of(Path.of(System.getProperty("java.home")));
  }

  /** The one of this JDK. */
  static String of(Path home) throws IOException {
    Path java = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      throw new IOException(java + " is no program; expected the home directory of a JDK");
    }
    return java.toString();
  }
}
