package dev.heddle.control.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.control.config.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryReaderTest {

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private DirectoryReader reader() {
    return new DirectoryReader(directory, () -> now);
  }

  private void write(String file, String... documents) throws IOException {
    Files.writeString(directory.resolve(file), String.join("\n---\n", documents));
  }

  private static String rule(String name, String timeout) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s}
        spec:
          hosts: [%s]
          http:
          - timeout: %s
            route: [{destination: {host: %s}}]"""
        .formatted(name, name, timeout, name);
  }

  private static List<String> names(DirectoryReader.Reading reading) {
    return reading.state().objects().keySet().stream().map(ObjectKey::name).toList();
  }

  private static String objects(DirectoryReader.Reading reading) {
    return reading.state().objects().values().toString();
  }

  private static String problems(DirectoryReader.Reading reading) {
    return reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void whatHasNoEffectForAnOlderObjectOfTheHostIsSaidWithItsFile() throws IOException {
    write("a.yaml", rule("a", "1s"));
    write("b.yaml", rule("b", "1s").replace("hosts: [b]", "hosts: [a]"));

    assertThat(problems(reader().read()))
        .isEqualTo(
            "warning: b.yaml: VirtualService default/b: spec.hosts a.default.svc.cluster.local has"
                + " no effect: VirtualService default/a comes first");
  }

  @Test
  void aDirectoryWithTooMuchInItIsNotReadAndWhatItSaidBeforeHolds() throws IOException {
    DirectoryReader reader = new DirectoryReader(directory, () -> now, 1_000);
    write("a.yaml", rule("a", "1s"));
    reader.read();

    write("b.yaml", rule("b", "1s") + "#".repeat(900));
    assertThatThrownBy(reader::read)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "its files have more than 1000 characters (reached at b.yaml); move out what is no"
                + " configuration of the mesh");
    write("b.yaml", rule("b", "2s"));

    assertThat(names(reader.read())).containsExactly("a", "b");
  }

  @Test
  void anInvalidObjectIsRefusedWithItsPlaceAndItsPreviousVersionStays() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"), rule("b", "1s"));
    reader.read();

    write("r.yaml", rule("a", "often"), rule("b", "2s"));
    DirectoryReader.Reading reading = reader.read();

    assertThat(names(reading)).containsExactly("a", "b");
    assertThat(objects(reading)).contains("PT1S").contains("PT2S");
    assertThat(problems(reading))
        .startsWith("error: r.yaml: VirtualService default/a: spec.http[0].timeout ")
        .contains("\"often\"")
        .endsWith("(7:5)");
  }

  @Test
  void anInvalidObjectThatNeverWasValidIsNotThere() throws IOException {
    write("r.yaml", rule("a", "often"), rule("b", "2s"));

    assertThat(names(reader().read())).containsExactly("b");
  }

  @Test
  void aFileThatIsNoYamlKeepsAllItHad() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"), rule("b", "1s"));
    reader.read();

    write("r.yaml", rule("a", "1s"), "spec: {hosts: [");
    DirectoryReader.Reading reading = reader.read();

    assertThat(names(reading)).containsExactly("a", "b");
    assertThat(problems(reading)).contains("not YAML");
  }

  @Test
  void anObjectWhoseNameCannotBeReadMayBeAnyOfTheFile() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"), rule("b", "1s"));
    reader.read();

    write("r.yaml", rule("a", "1s").replace("name: a", "nmae: a"), rule("b", "1s"));

    assertThat(names(reader.read())).containsExactly("a", "b");
  }

  @Test
  void anObjectThatLeavesAGoodFileIsDeleted() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"), rule("b", "1s"));
    reader.read();

    write("r.yaml", rule("b", "1s"));

    assertThat(names(reader.read())).containsExactly("b");
  }

  @Test
  void aFileThatIsAwayForAMomentHoldsAndThenIsGone() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"));
    reader.read();

    Files.delete(directory.resolve("r.yaml"));
    assertThat(names(reader.read())).containsExactly("a");
    assertThat(reader.holds()).isTrue();

    now = now.plus(DirectoryReader.GONE_HOLD);
    assertThat(names(reader.read())).isEmpty();
    assertThat(reader.holds()).isFalse();
  }

  @Test
  void aFileThatIsTruncatedBeforeItIsWrittenLosesNothing() throws IOException {
    DirectoryReader reader = reader();
    write("r.yaml", rule("a", "1s"));
    reader.read();

    write("r.yaml", "");
    assertThat(names(reader.read())).containsExactly("a");
    now = now.plus(Duration.ofMillis(20));
    write("r.yaml", rule("a", "3s"));

    assertThat(objects(reader.read())).contains("PT3S");
    assertThat(reader.holds()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".r.yaml.swp", "r.yaml~", "#r.yaml#", ".#r.yaml", "~r.yaml", "r.yaml.tmp", "4913"})
  void temporaryFilesOfEditorsAreNoConfiguration(String file) throws IOException {
    write(file, rule("a", "1s"));

    assertThat(reader().read().state().objects()).isEmpty();
  }

  @Test
  void anObjectInTwoFilesIsReportedAndTheFirstHolds() throws IOException {
    write("a.yaml", rule("a", "1s"));
    write("b.yaml", rule("a", "2s"));

    DirectoryReader.Reading reading = reader().read();

    assertThat(objects(reading)).contains("PT1S");
    assertThat(problems(reading)).contains("b.yaml").contains("is in a.yaml too");
  }

  @Test
  void anObjectThatIsTwiceInAFileIsReported() throws IOException {
    write("a.yaml", rule("a", "1s"), rule("a", "2s"));

    assertThat(problems(reader().read())).contains("is in this file twice");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedWithItsLimit() throws IOException {
    byte[] spaces = new byte[DirectoryReader.MAX_FILE_BYTES + 1];
    Arrays.fill(spaces, (byte) ' ');
    Files.writeString(directory.resolve("r.yaml"), new String(spaces, StandardCharsets.US_ASCII));

    assertThat(problems(reader().read())).contains("r.yaml").contains("4194304 bytes");
  }

  @Test
  void kindsThatSpeakToTheMeshButAreNotSupportedYetAreNamed() throws IOException {
    write(
        "p.yaml",
        """
        apiVersion: extensions.istio.io/v1alpha1
        kind: WasmPlugin
        metadata: {name: deny}
        spec: {}""",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: reviews}}");

    assertThat(problems(reader().read()))
        .isEqualTo(
            "warning: p.yaml: WasmPlugin default/deny: is of a kind that is not supported"
                + " yet (1:1)");
  }

  @Test
  void aFieldThatIsNotHonouredYetIsAWarningAndTheRestHolds() throws IOException {
    write("r.yaml", rule("a", "1s\n    corsPolicy: {maxAge: 1s}"));

    DirectoryReader.Reading reading = reader().read();

    assertThat(names(reading)).containsExactly("a");
    assertThat(problems(reading))
        .isEqualTo(
            "warning: r.yaml: VirtualService default/a: spec.http[0].corsPolicy is not supported"
                + " yet (8:5)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: VirtualService, spec: {hosts: [a], http: [{route: [{destination: {host: a}}], mirror: {subset: x}}]}}",
        "{kind: VirtualService, spec: {hosts: [a], http: [{match: [{uri: {regex: '('}}], route: [{destination: {host: a}}]}]}}",
        "{kind: VirtualService, spec: {hosts: [a], http: [{rewrite: {uriRegexRewrite: {match: '('}}, route: [{destination: {host: a}}]}]}}",
        "{kind: VirtualService, spec: {hosts: [a], http: [{headers: {request: {set: {A: x, a: y}}}, route: [{destination: {host: a}}]}]}}",
        "{kind: DestinationRule, spec: {host: a, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x, maglev: {tableSize: 10}}}}}}",
        "{kind: ServiceEntry, spec: {hosts: [a.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 70000}], endpoints: [{address: 10.0.0.1}]}}",
        "{kind: WorkloadEntry, spec: {address: 10.0.0.1, ports: {http: 5000000000}}}"
      })
  void aRuleThatNoClientCouldUseIsRefusedHere(String rule) throws IOException {
    write(
        "r.yaml",
        rule.replace("{kind", "{apiVersion: networking.istio.io/v1, metadata: {name: x}, kind"),
        rule("good", "1s"));

    DirectoryReader.Reading reading = reader().read();

    assertThat(names(reading)).containsExactly("good");
    assertThat(reading.problems()).hasSize(1);
  }

  @Test
  void halfOfALimitIsReportedAndBothHalvesAreNot() throws IOException {
    String rule =
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: %s}
        spec: {host: %s, trafficPolicy: {connectionPool: {tcp: {maxConnections: 5}, http: {%s}}}}""";
    write(
        "d.yaml",
        rule.formatted("half", "a", "maxRetries: 1"),
        rule.formatted("whole", "b", "http1MaxPendingRequests: 1"));

    assertThat(problems(reader().read()))
        .isEqualTo(
            "warning: d.yaml: DestinationRule default/half: spec.trafficPolicy.connectionPool"
                + ".tcp.maxConnections has no effect yet without http.http1MaxPendingRequests");
  }
}
