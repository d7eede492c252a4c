package dev.heddle.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostNameTest {

  @TempDir private Path folder;

  @Test
  void theEnvironmentIsAskedBeforeTheKernel() throws Exception {
    Path kernel = folder.resolve("hostname");
    assertThat(HostName.of(Collections.emptyMap(), kernel)).isEqualTo("unnamed");
    Files.write(kernel, "reviews-7d9\n".getBytes(StandardCharsets.UTF_8));
    assertThat(HostName.of(Collections.emptyMap(), kernel)).isEqualTo("reviews-7d9");
    assertThat(HostName.of(Collections.singletonMap("HOSTNAME", "pod-1"), kernel))
        .isEqualTo("pod-1");
  }
}
