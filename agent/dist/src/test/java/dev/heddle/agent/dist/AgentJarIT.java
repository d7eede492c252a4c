package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the jar that goes into every JVM. */
final class AgentJarIT {

  /**
   * Bytes; one that grows beyond is to be looked into, for each JVM opens it at its start. What is
   * in it: docs/reference/agent-jar.md.
   */
  private static final long MAX_JAR_BYTES = 8_500_000;

  /**
   * What the jar refers to and does not have: annotations, which the JVM passes over; the libraries
   * of apps; what libraries probe for; and what agent/inst/pom.xml leaves out.
   */
  private static final List<String> LEFT_OUT =
      Arrays.asList(
          "dev.heddle.agent.bootstrap.", // in the boot loader and at the jar's root
          "dev.heddle.agent.shaded.bytebuddy.build.", // read as annotations only
          "dev.heddle.agent.shaded.bytebuddy.utility.nullability.",
          "dev.heddle.agent.shaded.google.auto.value.",
          "dev.heddle.agent.shaded.google.common.hash.", // of what nobody hashes
          "dev.heddle.agent.shaded.google.errorprone.annotations.",
          "dev.heddle.agent.shaded.google.j2objc.annotations.",
          "dev.heddle.agent.shaded.javaxannotation.",
          "com.fasterxml.jackson.annotation.",
          "com.squareup.okhttp.", // a builder method of gRPC's that is not called
          "com.sun.jna.", // Byte Buddy looks whether it is there
          "io.undertow.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.hc.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.");

  /** What agent/inst/pom.xml cuts out of libraries, and the classes that name it in a signature. */
  private static final Pattern CUT =
      Pattern.compile(
          "(core\\.install\\.Weaver\\$Applied"
              + "|instrumentation\\.TypeTransformer"
              + "|ClassFileLocator\\$ForInstrumentation"
              + "|ClassReloadingStrategy) -> .*\\.bytebuddy\\.agent\\.builder\\.AgentBuilder"
              + "|DynamicType\\$Builder\\$AbstractBase -> .*\\.(Equals|HashCode|ToString)Method"
              + "|grpc\\.internal\\.JsonParser(\\$1)? -> .*\\.google\\.gson\\.");

  @TempDir private Path folder;

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

  @Test
  void nothingThatIsReachedWasCutOutOfTheLibraries() throws Exception {
    ProcessBuilder jdeps =
        new ProcessBuilder(
            Paths.get(System.getProperty("java.home"), "bin", "jdeps").toString(),
            "--missing-deps",
            "--multi-release",
            "base",
            System.getProperty("heddle.agent.inst.jar"));
    List<String> missing =
        Arrays.stream(ForkedJvm.run(folder, jdeps).out.split("\n"))
            .filter(line -> line.contains(" -> ") && line.contains(" not found"))
            .map(line -> line.trim().replaceAll(" +", " "))
            .filter(line -> LEFT_OUT.stream().noneMatch(target(line)::startsWith))
            .collect(Collectors.toList());
    assertThat(missing)
        .as("expected: the classes that the libraries reach; see the filters in agent/inst/pom.xml")
        .filteredOn(line -> !line.startsWith("heddle-agent-inst"))
        .isNotEmpty()
        .allMatch(line -> CUT.matcher(line).find());
  }

  private static String target(String line) {
    return line.substring(line.indexOf(" -> ") + " -> ".length());
  }

  private static Stream<String> classes(JarFile jar, String suffix) {
    return jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(suffix));
  }
}
