package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.pod;
import static dev.heddle.control.index.Yaml.rule;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshIndexTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";

  private static MeshIndex index(String... documents) {
    return new MeshIndex(YamlState.of(documents));
  }

  private static HostRoutes routes(MeshIndex index, String client, String host, int port) {
    return Objects.requireNonNull(index.routes(client, host, port), "no routes");
  }

  private static List<Destination> destinations(HostRoutes routes) {
    return List.copyOf(MeshIndex.destinations(routes.routes()));
  }

  private static List<String> endpoints(MeshIndex index, String host, int port) {
    HostEndpoints found = Objects.requireNonNull(index.endpoints("shop", host, port), "none");
    return found.endpoints().stream().map(e -> e.address() + ":" + e.port()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reviews",
        "Reviews",
        "reviews.shop",
        "reviews.shop.svc",
        "reviews.shop.svc.cluster.local",
        "reviews.shop.svc.cluster.local."
      })
  void aServiceIsFoundByEveryNameThatItsClientMayUse(String host) {
    HostRoutes routes = routes(index(service("shop", "reviews", 9080)), "shop", host, 9080);

    assertThat(routes.host()).isEqualTo(host);
    assertThat(destinations(routes)).containsExactly(Destination.of(REVIEWS, 9080, ""));
  }

  @Test
  void withoutARuleACallGoesToTheHostItselfWithTheDefaultRetries() {
    HttpRoute route =
        routes(index(service("shop", "reviews", 9080)), "shop", "reviews", 9080).routes().get(0);

    assertThat(route.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(route.timeoutNanos()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"reviews,9081", "unknown,9080", "reviews.other,9080", "example.com,443"})
  void whatTheMeshDoesNotServeIsUnknown(String host, int port) {
    assertThat(index(service("shop", "reviews", 9080)).routes("shop", host, port)).isNull();
  }

  @Test
  void servicesOfTheSameNameInTwoNamespacesAreTwo() {
    MeshIndex index = index(service("shop", "reviews", 9080), service("lab", "reviews", 9080));

    assertThat(destinations(routes(index, "lab", "reviews", 9080)))
        .containsExactly(Destination.of("reviews.lab.svc.cluster.local", 9080, ""));
    assertThat(destinations(routes(index, "lab", "reviews.shop", 9080)))
        .containsExactly(Destination.of(REVIEWS, 9080, ""));
  }

  @Test
  void shortNamesInARuleLiveInTheNamespaceOfTheRule() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            service("lab", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], http: [{name: x, route: [{destination: {host: reviews}}]}]}"));

    assertThat(routes(index, "lab", "reviews.shop", 9080).routes().get(0).name()).isEqualTo("x");
    assertThat(routes(index, "lab", "reviews", 9080).routes().get(0).name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "[]|lab|yes",
        "['*']|lab|yes",
        "[.]|shop|yes",
        "[.]|lab|no",
        "[lab]|lab|yes",
        "[lab]|shop|no",
        "['~']|shop|no"
      },
      delimiter = '|')
  void exportToDecidesWhoSeesARule(String exportTo, String client, String seen) {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], exportTo: %s, http: [{name: x, route: [{destination: {host: reviews}}]}]}"
                    .formatted(exportTo)));

    String route = routes(index, client, "reviews.shop", 9080).routes().get(0).name();
    assertThat(route.equals("x")).isEqualTo(seen.equals("yes"));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"[]|yes", "[mesh]|yes", "[edge, mesh]|yes", "[edge]|no"},
      delimiter = '|')
  void onlyRulesForTheMeshHoldForCallsBetweenWorkloads(String gateways, String holds) {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], gateways: %s, http: [{name: x, route: [{destination: {host: reviews}}]}]}"
                    .formatted(gateways)));

    String route = routes(index, "shop", "reviews", 9080).routes().get(0).name();
    assertThat(route.equals("x")).isEqualTo(holds.equals("yes"));
  }

  @Test
  void aMatchForOtherGatewaysIsLeftOut() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                """
                {hosts: [reviews], http: [
                  {name: edge, match: [{gateways: [edge]}], route: [{destination: {host: reviews}}]},
                  {name: mesh, route: [{destination: {host: reviews}}]}]}"""));

    assertThat(routes(index, "shop", "reviews", 9080).routes())
        .extracting(HttpRoute::name)
        .containsExactly("mesh");
  }

  @Test
  void theMostSpecificHostOfARuleWinsHoweverTheAppNamesTheService() {
    String route =
        "http: [{name: %s, route: [{destination: {host: reviews.shop.svc.cluster.local}}]}]";
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService("a", "all", "{hosts: ['*'], %s}".formatted(route.formatted("all"))),
            virtualService(
                "b",
                "shop",
                "{hosts: ['*.shop.svc.cluster.local'], %s}".formatted(route.formatted("shop"))),
            virtualService(
                "shop", "one", "{hosts: [reviews], %s}".formatted(route.formatted("one"))),
            service("shop", "ratings", 9080));

    assertThat(routes(index, "shop", "reviews", 9080).routes().get(0).name()).isEqualTo("one");
    assertThat(routes(index, "shop", "ratings", 9080).routes().get(0).name()).isEqualTo("shop");
    assertThat(routes(index, "shop", "example.com", 80).routes().get(0).name()).isEqualTo("all");
  }

  @Test
  void ofSeveralRulesForAHostTheOldestHolds() {
    String spec = "{hosts: [reviews], http: [{name: %s, route: [{destination: {host: reviews}}]}]}";
    String older =
        virtualService("shop", "z", spec.formatted("older"))
            .replace(
                "namespace: shop}", "namespace: shop, creationTimestamp: '2024-01-01T00:00:00Z'}");
    String newer =
        virtualService("shop", "a", spec.formatted("newer"))
            .replace(
                "namespace: shop}", "namespace: shop, creationTimestamp: '2025-01-01T00:00:00Z'}");

    MeshIndex index = index(service("shop", "reviews", 9080), newer, older);

    assertThat(routes(index, "shop", "reviews", 9080).routes().get(0).name()).isEqualTo("older");
  }

  @Test
  void aDestinationWithoutPortTakesTheOnlyPortOfItsService() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            service("shop", "old", 80),
            service("shop", "two", 81, 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], http: [{route: [{destination: {host: old}, weight: 1}, {destination: {host: two}, weight: 1}, {destination: {host: two, port: {number: 81}}, weight: 1}]}]}"));

    assertThat(destinations(routes(index, "shop", "reviews", 9080)))
        .extracting(Destination::port)
        .containsExactly(80, 9080, 81);
  }

  @Test
  void everyDestinationAndMirrorHasItsCluster() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}], mirrors: [{destination: {host: shadow}}]}]}"));

    assertThat(routes(index, "shop", "reviews", 9080).clusters())
        .extracting(Cluster::destination)
        .containsExactly(
            Destination.of(REVIEWS, 9080, "v1"),
            Destination.of("shadow.shop.svc.cluster.local", 9080, ""));
  }

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

  @Test
  void aRuleWithoutHttpRoutesLeavesTheServiceAsItIs() {
    MeshIndex index =
        index(
            service("shop", "reviews", 9080),
            virtualService("shop", "r", "{hosts: [reviews]}"),
            virtualService("shop", "s", "{hosts: [nowhere]}"));

    assertThat(destinations(routes(index, "shop", "reviews", 9080)))
        .containsExactly(Destination.of(REVIEWS, 9080, ""));
    assertThat(index.routes("shop", "nowhere", 80)).isNull();
  }
}
