package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.destinationRule;
import static dev.heddle.control.index.Yaml.pod;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of type ExternalName, which are aliases, and the annotation exportTo. */
class ExternalNameTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";

  private static MeshIndex index(String... documents) {
    return new MeshIndex(YamlState.of(documents));
  }

  private static String alias(String name, String target) {
    return """
    {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: lab},
     spec: {type: ExternalName, externalName: %s}}"""
        .formatted(name, target);
  }

  private static HostRoutes routes(MeshIndex index, String host, int port) {
    return Objects.requireNonNull(index.routes("lab", host, port), "no routes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "other.lab", "other.lab.svc.cluster.local"})
  void whoCallsAnAliasCallsTheServiceBehindItOnItsPorts(String called) {
    MeshIndex index =
        index(
            alias("other", "Reviews.shop.svc.cluster.local."),
            service("shop", "reviews", 9080),
            pod("shop", "reviews", "v1", "10.0.0.1"));

    HostRoutes routes = routes(index, called, 9080);
    assertThat(routes.host()).isEqualTo(called);
    assertThat(MeshIndex.destinations(routes.routes()))
        .containsExactly(Destination.of(REVIEWS, 9080, ""));
    assertThat(index.routes("lab", called, 80)).isNull();
  }

  @Test
  void theRulesOfTheServiceBehindItHoldAndThoseForTheAliasDoNot() {
    MeshIndex index =
        index(
            alias("other", REVIEWS),
            service("shop", "reviews", 9080),
            virtualService(
                "shop",
                "r",
                "{hosts: [reviews], http: [{name: behind, route: [{destination: {host: reviews}}]}]}"),
            virtualService(
                "lab",
                "o",
                "{hosts: [other], http: [{name: alias, route: [{destination: {host: other}}]}]}"),
            destinationRule(
                "shop", "d", "{host: reviews, trafficPolicy: {loadBalancer: {simple: RANDOM}}}"));

    HostRoutes routes = routes(index, "other", 9080);
    assertThat(routes.routes().get(0).name()).isEqualTo("behind");
    assertThat(routes.clusters().get(0).loadBalancer().kind()).isEqualTo(LoadBalancer.Kind.RANDOM);
  }

  @Test
  void aRuleMayLeadToAnAlias() {
    MeshIndex index =
        index(
            alias("other", REVIEWS),
            service("shop", "reviews", 9080),
            service("lab", "front", 80),
            virtualService(
                "lab", "f", "{hosts: [front], http: [{route: [{destination: {host: other}}]}]}"));

    assertThat(MeshIndex.destinations(routes(index, "front", 80).routes()))
        .containsExactly(Destination.of(REVIEWS, 9080, ""));
  }

  @Test
  void anAliasOfAServiceEntryIsThatHost() {
    MeshIndex index =
        index(
            alias("other", "api.example.com"),
            serviceEntry(
                "shop",
                "api",
                "{hosts: [api.example.com], resolution: DNS, ports: [{number: 80, name: http}]}"));

    assertThat(MeshIndex.destinations(routes(index, "other", 80).routes()))
        .containsExactly(Destination.of("api.example.com", 80, ""));
  }

  @Test
  void anAliasOfAHostThatTheMeshDoesNotKnowIsLeftToTheResolver() {
    assertThat(index(alias("other", "example.org")).routes("lab", "other", 80)).isNull();
  }

  @Test
  void aliasesOfAliasesAreFollowedAndCirclesLeadNowhere() {
    MeshIndex index =
        index(
            alias("one", "two.lab.svc.cluster.local"),
            alias("two", REVIEWS),
            alias("round", "about.lab.svc.cluster.local"),
            alias("about", "round.lab.svc.cluster.local"),
            service("shop", "reviews", 9080));

    assertThat(MeshIndex.destinations(routes(index, "one", 9080).routes()))
        .containsExactly(Destination.of(REVIEWS, 9080, ""));
    assertThat(index.routes("lab", "round", 9080)).isNull();
  }

  @Test
  void anAliasWithoutATargetIsRefused() {
    assertThatThrownBy(() -> YamlState.of(alias("other", "''")))
        .hasMessageContaining("Service lab/other")
        .hasMessageContaining("spec.externalName is absent (expected: a host");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'*'       | lab  | yes",
        "''        | lab  | yes",
        "'.'       | lab  | no",
        "'.'       | shop | yes",
        "'., lab'  | lab  | yes",
        "'ops,lab' | lab  | yes",
        "'ops'     | lab  | no",
        "'~'       | shop | no"
      })
  void theAnnotationExportToDecidesWhoSeesAService(String exportTo, String client, String seen) {
    String annotated =
        service("shop", "reviews", 9080)
            .replace(
                "namespace: shop}",
                "namespace: shop, annotations: {networking.istio.io/exportTo: '%s'}}"
                    .formatted(exportTo));

    HostRoutes routes = index(annotated).routes(client, "reviews.shop", 9080);
    assertThat(routes != null).isEqualTo(seen.equals("yes"));
  }
}
