package dev.heddle.control.index;

import static dev.heddle.control.index.Answers.destinations;
import static dev.heddle.control.index.Answers.endpoints;
import static dev.heddle.control.index.Answers.index;
import static dev.heddle.control.index.Answers.routes;
import static dev.heddle.control.index.Yaml.pod;
import static dev.heddle.control.index.Yaml.rule;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.Cluster;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints of pods, slices, ServiceEntries and WorkloadEntries. */
class EndpointSourcesTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";

  @Test
  void podsAreEndpointsWhereNoSliceIs() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            pod("shop", "reviews", "v1", "10.0.0.1"),
            pod("shop", "reviews", "v2", "10.0.0.2"),
            pod("lab", "reviews", "v1", "10.0.0.3"),
            pod("shop", "ratings", "v1", "10.0.0.4"));

    assertThat(endpoints(index, REVIEWS, 9080)).containsExactly("10.0.0.1:9080", "10.0.0.2:9080");
  }

  @Test
  void slicesGiveAddressPortReadinessAndTheLabelsOfThePod() {
    MeshIndex index =
        index(
            service("shop", "reviews", 80),
            pod("shop", "reviews", "v2", "10.0.0.2"),
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: reviews-1, namespace: shop, labels: {kubernetes.io/service-name: reviews}}
            addressType: IPv4
            ports: [{name: p80, port: 8080}]
            endpoints:
            - {addresses: [10.0.0.2], conditions: {ready: true}, targetRef: {kind: Pod, name: reviews-v2}}
            - {addresses: [10.0.0.9], conditions: {ready: false}}""");

    List<Endpoint> found =
        Objects.requireNonNull(index.endpoints("shop", REVIEWS, 80), "none").endpoints();
    assertThat(found).extracting(Endpoint::port).containsExactly(8080, 8080);
    assertThat(found.get(0).labels()).containsEntry("version", "v2");
    assertThat(found)
        .extracting(Endpoint::health)
        .containsExactly(Endpoint.Health.HEALTHY, Endpoint.Health.UNHEALTHY);
  }

  @Test
  void aStaticServiceEntryHasItsEndpointsOnTheirOwnPorts() {
    MeshIndex index =
        index(
            serviceEntry(
                "shop",
                "db",
                """
                {hosts: [db.example.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}],
                 endpoints: [{address: 10.1.0.1}, {address: 10.1.0.2, ports: {http: 9090}}]}"""));

    assertThat(endpoints(index, "db.example.com", 80))
        .containsExactly("10.1.0.1:8080", "10.1.0.2:9090");
  }

  @Test
  void aServiceEntrySelectsWorkloadsAndPodsOfItsNamespace() {
    MeshIndex index =
        index(
            serviceEntry(
                "shop",
                "vm",
                "{hosts: [vm.example.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: vm}}}"),
            rule("WorkloadEntry", "shop", "one", "{address: 10.2.0.1, labels: {app: vm}}"),
            rule("WorkloadEntry", "shop", "two", "{address: 10.2.0.2, labels: {app: else}}"),
            rule("WorkloadEntry", "lab", "three", "{address: 10.2.0.3, labels: {app: vm}}"),
            pod("shop", "vm", "v1", "10.2.0.4"));

    assertThat(endpoints(index, "vm.example.com", 80))
        .containsExactly("10.2.0.1:80", "10.2.0.4:80");
  }

  @Test
  void aDnsServiceEntryWithoutEndpointsResolvesItsOwnHost() {
    MeshIndex index =
        index(
            serviceEntry(
                "shop",
                "ext",
                "{hosts: [api.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 443}]}"));

    assertThat(endpoints(index, "api.example.com", 80)).containsExactly("api.example.com:443");
    assertThat(routes(index, "shop", "api.example.com", 80).clusters().get(0).resolution())
        .isEqualTo(Cluster.Resolution.DNS);
  }

  @ParameterizedTest
  @CsvSource({"one.example.com,exact", "two.example.com,narrow", "a.b.com,wide"})
  void theMostSpecificServiceEntryHostHolds(String host, String expected) {
    String spec =
        "{hosts: ['%s'], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}], endpoints: [{address: 10.0.0.1, labels: {is: %s}}]}";
    MeshIndex index =
        index(
            serviceEntry("shop", "a", spec.formatted("*.com", "wide")),
            serviceEntry("shop", "b", spec.formatted("*.example.com", "narrow")),
            serviceEntry("shop", "c", spec.formatted("one.example.com", "exact")));

    assertThat(destinations(routes(index, "shop", host, 80)))
        .containsExactly(Destination.of(host, 80, ""));
    assertThat(
            Objects.requireNonNull(index.endpoints("shop", host, 80), "none")
                .endpoints()
                .get(0)
                .labels())
        .containsEntry("is", expected);
  }

  @Test
  void aWildcardServiceEntryWithoutResolutionPassesCallsOn() {
    MeshIndex index =
        index(
            serviceEntry(
                "shop",
                "ext",
                "{hosts: ['*.example.com'], location: MESH_EXTERNAL, ports: [{number: 443, name: https, protocol: HTTPS}]}"));

    assertThat(routes(index, "shop", "a.example.com", 443).clusters().get(0).resolution())
        .isEqualTo(Cluster.Resolution.PASSTHROUGH);
    assertThat(index.routes("shop", "example.com", 443)).isNull();
  }
}
