package dev.heddle.control.index;

import static dev.heddle.control.index.Answers.destinations;
import static dev.heddle.control.index.Answers.index;
import static dev.heddle.control.index.Answers.routes;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.route.Destination;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Addresses for hosts that have none, and what DNS answers. */
class AllocatedAddressTest {

  private static String entry(String namespace, String host, String more) {
    return serviceEntry(
        namespace,
        host.replace("*", "any"),
        "{hosts: ['%s'], ports: [{number: 5432, name: tcp, protocol: TCP}], resolution: DNS%s}"
            .formatted(host, more));
  }

  @Test
  void aHostOfAServiceEntryHasAnAddressThatLeadsToIt() {
    MeshIndex index = index(entry("shop", "db.example.com", ""));

    List<String> addresses = index.addresses("shop").getOrDefault("db.example.com", List.of());
    assertThat(addresses).hasSize(1).first().asString().startsWith("240.240.");
    assertThat(destinations(routes(index, "shop", addresses.getFirst(), 5432)))
        .containsExactly(Destination.of("db.example.com", 5432, ""));
  }

  @Test
  void itStaysWhateverElseComes() {
    Map<String, List<String>> alone = index(entry("shop", "db.example.com", "")).addresses("shop");
    Map<String, List<String>> among =
        index(
                entry("shop", "a.example.com", ""),
                entry("shop", "db.example.com", ""),
                entry("shop", "z.example.com", ""))
            .addresses("shop");

    assertThat(among).containsAllEntriesOf(alone);
  }

  @Test
  void noTwoHaveTheSame() {
    String[] entries =
        IntStream.range(0, 2_000)
            .mapToObj(i -> entry("shop", "host" + i + ".example.com", ""))
            .toArray(String[]::new);
    Map<String, List<String>> given = index(entries).addresses("shop");

    Set<String> distinct = new HashSet<>();
    given.values().forEach(distinct::addAll);
    assertThat(distinct).hasSize(2_000).doesNotContain("240.240.0.0", "240.240.255.255");
  }

  @Test
  void namesAreThoseThatAreSeenAndHaveAnAddress() {
    MeshIndex index =
        index(
            entry("shop", "own.example.com", ", exportTo: ['.']"),
            entry("shop", "*.example.com", ", addresses: [198.51.100.7]"),
            entry("shop", "block.example.com", ", addresses: [198.51.101.0/24]"),
            entry("shop", "away.example.com", "").replace("DNS", "NONE"),
            service("shop", "headless", 80),
            service("shop", "reviews", 80).replace("spec: {", "spec: {clusterIP: 10.96.0.7, "));

    assertThat(index.addresses("shop"))
        .containsOnlyKeys("own.example.com", "*.example.com", "reviews.shop.svc.cluster.local")
        .containsEntry("*.example.com", List.of("198.51.100.7"))
        .containsEntry("reviews.shop.svc.cluster.local", List.of("10.96.0.7"));
    assertThat(index.addresses("bank")).doesNotContainKey("own.example.com");
  }
}
