package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/images/build}, of the smallest image; the others are run by the tests of pods. */
class ImagesIT {

  private static final Path HOME = Path.of(System.getProperty("heddle.home"));
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @BeforeAll
  static void needsPackagesOfDebian() {
    assumeTrue(
        "required".equals(System.getenv("CLUSTER_TESTS")),
        "images are made of packages that apt-get downloads: CLUSTER_TESTS=required");
  }

  @Test
  void theSameInputsGiveTheSameImage() throws IOException {
    Path first = build("first");
    Path second = build("second");

    assertThat(first.resolve("agent.tar")).hasSameBinaryContentAs(second.resolve("agent.tar"));
  }

  @Test
  void whatIsInItIsListed() throws IOException {
    JsonNode list = new ObjectMapper().readTree(build("listed").resolve("agent.cdx.json").toFile());

    assertThat(list.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(list.path("components").findValuesAsText("name")).contains("busybox-static");
    assertThat(list.at("/metadata/component/name").asText()).isEqualTo("heddle.test/agent:dev");
  }

  private Path build(String name) throws IOException {
    Path out = folder.resolve(name);
    Command.of(HOME.resolve("k8s/images/build"), "--out", out.toString(), "agent")
        .with(Map.of("HEDDLE_JDK", System.getProperty("java.home")))
        .succeed(LIMIT);
    return out;
  }
}
