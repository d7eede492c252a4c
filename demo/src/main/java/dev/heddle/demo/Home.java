package dev.heddle.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A clone of Heddle whose jars are built. */
record Home(Path root) {

  Path control() throws IOException {
    return built("control/target/heddle-control.jar");
  }

  Path agent() throws IOException {
    return built("agent/dist/target/heddle-agent.jar");
  }

  Path samples() throws IOException {
    return built("samples/target/heddle-samples.jar");
  }

  Path node() throws IOException {
    return built("node-daemon/target/heddle-node.jar");
  }

  Path init() throws IOException {
    return built("iptables-init/target/heddle-init.jar");
  }

  /** The program that is no Java. */
  Path recommendations() {
    return root.resolve("samples/python/recommendations.py").toAbsolutePath();
  }

  Path rules() {
    return root.resolve("samples/rules");
  }

  private Path built(String jar) throws IOException {
    Path path = root.resolve(jar);
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          path
              + " is missing; build it: ./mvnw -DskipTests package (./heddle demo does so itself)");
    }
    return path.toAbsolutePath();
  }
}
