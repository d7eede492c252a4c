package dev.heddle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.admin.CaptureMetrics;
import dev.heddle.node.admin.Counters;
import dev.heddle.node.capture.CaptureCounts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** docs/reference/node.md has all that the daemon has, and nothing else. */
final class ReferenceTest {

  private static final Path PAGE = Path.of("../docs/reference/node.md");

  private final String page;

  ReferenceTest() throws IOException {
    page = Files.readString(PAGE);
  }

  /** What stands behind "| `" at the start of the lines of a table. */
  private List<String> keys(String prefix) {
    return page.lines()
        .filter(line -> line.startsWith("| `" + prefix))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .map(key -> key.replaceAll("[ {].*", ""))
        .sorted()
        .toList();
  }

  @Test
  void eachOptionHasItsLine() {
    List<String> options =
        Main.commandLine().getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(OptionSpec::longestName)
            .sorted()
            .toList();
    assertThat(keys("--")).isEqualTo(options);
  }

  @Test
  void eachMetricHasItsLine() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Counters counters = new Counters(registry);
    CaptureMetrics.register(new CaptureCounts(), () -> 0, counters);
    try (Servers servers = new Servers(bound -> 0, Path.of("."), null)) {
      servers.register(counters);
    }
    TreeSet<String> metrics =
        registry.scrape().stream()
            .map(
                metric ->
                    metric.getMetadata().getPrometheusName()
                        + (metric instanceof CounterSnapshot ? "_total" : ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(keys("heddle_")).containsExactlyElementsOf(metrics);
  }

  @Test
  void eachPageHasItsLine() {
    assertThat(keys("/"))
        .contains("/", "/certs", "/clusters", "/config", "/loglevel", "/pods", "/healthz")
        .contains("/metrics", "/ready");
  }
}
