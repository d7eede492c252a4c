package dev.heddle.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a {@code java} is. */
final class Java {

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
