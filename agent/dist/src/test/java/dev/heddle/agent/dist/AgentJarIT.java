package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that goes into every JVM. */
final class AgentJarIT {

  /** Bytes; one that grows beyond is to be looked into, for each JVM opens it at its start. */
  private static final long MAX_JAR_BYTES = 20_000_000;

  private static final File FILE = new File(System.getProperty("heddle.agent.jar"));

  @Test
  void theAppsLoadersMeetTheBootstrapAlone() throws IOException {
    try (JarFile jar = new JarFile(FILE)) {
      assertThat(classes(jar, ".class"))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("dev/heddle/agent/bootstrap/"));
    }
  }

  @Test
  void everythingElseIsOursOrRelocated() throws IOException {
    try (JarFile jar = new JarFile(FILE)) {
      assertThat(classes(jar, ".classdata"))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("inst/dev/heddle/"));
    }
  }

  @Test
  void theManifestTellsTheJvmWhatToStart() throws IOException {
    try (JarFile jar = new JarFile(FILE)) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Premain-Class"))
          .isEqualTo("dev.heddle.agent.bootstrap.HeddleAgent");
      assertThat(jar.getManifest().getMainAttributes().getValue("Can-Retransform-Classes"))
          .isEqualTo("true");
      assertThat(jar.getManifest().getMainAttributes().getValue("Launcher-Agent-Class")).isNull();
      assertThat(jar.getManifest().getMainAttributes().getValue("Boot-Class-Path")).isNull();
    }
  }

  @Test
  void theJarKeepsItsSize() {
    assertThat(FILE.length()).isBetween(1_000_000L, MAX_JAR_BYTES);
  }

  private static Stream<String> classes(JarFile jar, String suffix) {
    return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(suffix));
  }
}
