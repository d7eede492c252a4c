package dev.heddle.control.index;

import static dev.heddle.control.index.Answers.destinations;
import static dev.heddle.control.index.Answers.index;
import static dev.heddle.control.index.Answers.routes;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshIndexTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";

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
            Destination.of("shadow.shop.svc.cluster.local", 9080, ""),
            Destination.of(REVIEWS, 9080, "")); // for connections that carry no HTTP
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
