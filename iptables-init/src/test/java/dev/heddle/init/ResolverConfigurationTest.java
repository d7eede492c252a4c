package dev.heddle.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResolverConfigurationTest {

  @TempDir private Path directory;

  @Test
  void nameServersAreReadAndOtherLinesLeftOut() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("resolv.conf"),
            """
            search a b
            # nameserver 1.1.1.1
            nameserver 10.96.0.10
             nameserver  fd00::a
            nameserver nobody
            options ndots:5
            nameserver
            """);
    assertThat(ResolverConfiguration.read(file))
        .containsExactly(InetAddress.ofLiteral("10.96.0.10"), InetAddress.ofLiteral("fd00::a"));
    assertThat(ResolverConfiguration.read(directory.resolve("absent"))).isEmpty();
  }

  @Test
  void thoseThatAreSaidGoFirst() {
    assertThat(ResolverConfiguration.resolvers(List.of("10.0.0.1", " ::1")))
        .containsExactly(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("::1"));
    assertThatThrownBy(() -> ResolverConfiguration.resolvers(List.of("kube-dns")))
        .hasMessage("--resolvers \"kube-dns\" (expected: IP addresses)");
  }
}
