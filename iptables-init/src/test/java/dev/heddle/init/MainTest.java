package dev.heddle.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aDryRunPrintsWhatEachCommandWouldBeGiven() {
    assertThat(run(Map.of(), "--dry-run", "--ip-families", "6", "--dns-port", "off")).isZero();
    assertThat(out)
        .hasToString(
            """
            # ip -6 -batch -
            route replace local default dev lo table 100
            rule add fwmark 0x111/0xfff pref 32764 lookup 100
            # ip6tables-restore --noflush
            *mangle
            :HEDDLE_OUTPUT - [0:0]
            -A OUTPUT -j HEDDLE_OUTPUT
            -A HEDDLE_OUTPUT -m connmark --mark 0x111/0xfff -j CONNMARK --restore-mark --nfmask 0xfff --ctmask 0xfff
            :HEDDLE_PREROUTING - [0:0]
            -A PREROUTING -j HEDDLE_PREROUTING
            -A HEDDLE_PREROUTING -m mark --mark 0x539/0xfff -j CONNMARK --set-xmark 0x111/0xfff
            COMMIT
            *nat
            :HEDDLE_OUTPUT - [0:0]
            -A OUTPUT -j HEDDLE_OUTPUT
            -A HEDDLE_OUTPUT -m mark --mark 0x539/0xfff -j RETURN
            -A HEDDLE_OUTPUT -o lo -j RETURN
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            :HEDDLE_PREROUTING - [0:0]
            -A PREROUTING -j HEDDLE_PREROUTING
            -A HEDDLE_PREROUTING -i lo -j RETURN
            -A HEDDLE_PREROUTING -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """);
  }

  @Test
  void optionsGoBeforeTheEnvironmentBeforeAnnotations() throws Exception {
    Path file = directory.resolve("annotations");
    Files.writeString(
        file,
        """
        traffic.sidecar.istio.io/excludeOutboundPorts="1"
        traffic.sidecar.istio.io/excludeInboundPorts="2"
        traffic.sidecar.istio.io/excludeOutboundIPRanges="10.3.0.0/16"
        traffic.sidecar.istio.io/excludeInterfaces="eth1"
        kubernetes.io/config.source="api \\"quoted\\""
        """);
    Map<String, String> environment =
        Map.of(
            "HEDDLE_INIT_EXCLUDE_OUTBOUND_PORTS", "11",
            "HEDDLE_INIT_EXCLUDE_INBOUND_PORTS", "12",
            "HEDDLE_INIT_EXCLUDE_OUTBOUND_RANGES", "",
            "HEDDLE_INIT_ANNOTATIONS", file.toString());
    assertThat(run(environment, "--dry-run", "--exclude-outbound-ports", "21")).isZero();
    assertThat(out.toString())
        .contains("-A HEDDLE_OUTPUT -p tcp -m tcp --dport 21 -j RETURN")
        .contains("-A HEDDLE_PREROUTING -p tcp -m tcp --dport 12 -j RETURN")
        .contains("-A HEDDLE_OUTPUT -d 10.3.0.0/16 -j RETURN")
        .doesNotContain("--dport 11 ")
        .doesNotContain("--dport 1 ")
        .doesNotContain("--dport 2 ");
    assertThat(err.toString())
        .contains("traffic.sidecar.istio.io/excludeInterfaces is not honoured");
  }

  @Test
  void noneAndEmptyIncludeNothing() {
    assertThat(run(Map.of(), "--dry-run", "--include-inbound-ports", "none")).isZero();
    assertThat(out.toString()).doesNotContain("15006");
    assertThat(run(Map.of(), "--dry-run", "--include-outbound-ranges", "")).isZero();
    assertThat(out.toString()).contains("15006");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pod a/b | --daemon is missing",
        "--daemon /s | --pod is missing",
        "--daemon /s --pod a | \"a\" (expected: a pod as NAMESPACE/NAME)",
        "--daemon /s --pod a/b --wait 0 | --wait 0 (expected: 1 to 300 seconds)",
        "--dry-run --clean | mutually exclusive",
        "--dry-run --mark 0x111 | mark 0x111",
        "--dry-run --inbound-port x | --inbound-port",
        "--dry-run --dns-port x | --dns-port \"x\"",
        "--dry-run --ip-families 5 | --ip-families \"5\" (expected: 4, 6 or 4,6)",
        "--dry-run --backend ebpf | --backend \"ebpf\" (expected: auto, nft or legacy)",
        "--dry-run --exclude-inbound-ports http | excludeInboundPorts: \"http\"",
        "--dry-run --annotations /no/such/file | --annotations: cannot read",
        "--nonsense | Unknown option",
      })
  void wrongUsageIsToldInALine(String options, String told) {
    assertThat(run(Map.of(), options.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).startsWith("heddle-init: ").contains(told).hasLineCount(1);
  }

  private int run(Map<String, String> environment, String... options) {
    CommandLine line = Main.commandLine(environment::get);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(options);
  }
}
