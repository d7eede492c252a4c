package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK.
 *
 * @param version its major number
 */
public record Java(Path home, int version) {

  /** The one that runs this program. */
  public static Java own() {
    return new Java(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** The one in this directory; IOException if there is none. */
  public static Java at(Path home) throws IOException {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return new Java(home, Runtime.Version.parse(version).feature());
  }

  /** Its {@code java}. */
  public String command() {
    return tool("java");
  }

  /** One of its tools. */
  public String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
