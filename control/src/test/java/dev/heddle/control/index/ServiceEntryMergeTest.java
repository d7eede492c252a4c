package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.snapshot.HostEndpoints;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several ServiceEntries for one host: Istio {@code SidecarScope.appendSidecarServices}. */
class ServiceEntryMergeTest {

  private static final String HTTP = "{number: 80, name: http, protocol: HTTP}";

  /** An entry for db.example.com; {@code others} follow its ports. */
  private static String entry(String name, String ports, String address, String others) {
    return serviceEntry(
        "shop",
        name,
        "{hosts: [db.example.com], resolution: STATIC, ports: [%s], endpoints: [{address: %s}]%s}"
            .formatted(ports, address, others));
  }

  private static String created(String entry, String day) {
    return entry.replace(
        "namespace: shop}", "namespace: shop, creationTimestamp: '%s'}".formatted(day));
  }

  private static List<String> endpoints(int port, String... documents) {
    MeshIndex index = new MeshIndex(YamlState.of(documents));
    HostEndpoints found = index.endpoints("shop", "db.example.com", port);
    return found == null
        ? List.of()
        : found.endpoints().stream().map(e -> e.address() + ":" + e.port()).toList();
  }

  @Test
  void endpointsOfTheSamePortAreOneSet() {
    assertThat(endpoints(80, entry("a", HTTP, "10.0.0.1", ""), entry("b", HTTP, "10.0.0.2", "")))
        .containsExactly("10.0.0.1:80", "10.0.0.2:80");
  }

  @Test
  void anEndpointThatTwoEntriesNameIsThereOnce() {
    assertThat(endpoints(80, entry("a", HTTP, "10.0.0.1", ""), entry("b", HTTP, "10.0.0.1", "")))
        .containsExactly("10.0.0.1:80");
  }

  @Test
  void portsAddUp() {
    String admin = entry("b", "{number: 81, name: admin, protocol: HTTP}", "10.0.0.2", "");
    String http = entry("a", HTTP, "10.0.0.1", "");

    assertThat(endpoints(80, http, admin)).containsExactly("10.0.0.1:80");
    assertThat(endpoints(81, http, admin)).containsExactly("10.0.0.2:81");
  }

  @Test
  void ofTwoNamesOfOnePortTheOldestHolds() {
    String older = created(entry("z", HTTP, "10.0.0.1", ""), "2024-01-01T00:00:00Z");
    String newer =
        created(
            entry("a", "{number: 80, name: web, protocol: HTTP}", "10.0.0.2", ""),
            "2025-01-01T00:00:00Z");

    assertThat(endpoints(80, newer, older)).containsExactly("10.0.0.1:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {", resolution: DNS", ", exportTo: [.]"})
  void anEntryThatDiffersFromTheOldestAddsNothing(String difference) {
    String other = entry("b", HTTP, "10.0.0.2", difference);
    if (difference.contains("resolution")) {
      other = other.replace("resolution: STATIC, ", "");
    }

    assertThat(endpoints(80, entry("a", HTTP, "10.0.0.1", ""), other))
        .containsExactly("10.0.0.1:80");
  }

  @Test
  void anEntryWithOtherLabelsAddsNothing() {
    String other =
        entry("b", HTTP, "10.0.0.2", "")
            .replace("namespace: shop}", "namespace: shop, labels: {team: b}}");

    assertThat(endpoints(80, entry("a", HTTP, "10.0.0.1", ""), other))
        .containsExactly("10.0.0.1:80");
  }

  @Test
  void entriesOfTwoNamespacesStayTwoServices() {
    String lab = entry("b", HTTP, "10.0.0.2", "").replace("namespace: shop", "namespace: lab");

    assertThat(endpoints(80, lab, entry("a", HTTP, "10.0.0.1", ""))).containsExactly("10.0.0.1:80");
  }

  @Test
  void aServiceOfKubernetesGoesBeforeAnEntryForItsHost() {
    String entry =
        entry("a", HTTP, "10.0.0.1", "").replace("db.example.com", "db.shop.svc.cluster.local");
    MeshIndex index = new MeshIndex(YamlState.of(entry, service("shop", "db", 81)));

    assertThat(index.routes("shop", "db", 81)).isNotNull();
    assertThat(index.routes("shop", "db", 80)).isNull();
  }

  @Test
  void aWorkloadThatTwoHostsOfOneEntryShareIsAnEndpointOfBoth() {
    String both =
        entry("a", HTTP, "10.0.0.1", "")
            .replace("[db.example.com]", "[db.example.com, x.example.com]");
    MeshIndex index = new MeshIndex(YamlState.of(both));

    assertThat(index.routes("shop", "db.example.com", 80)).isNotNull();
    assertThat(index.routes("shop", "x.example.com", 80)).isNotNull();
  }
}
