package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.destinationRule;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.rules.RuleProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapsTest {

  private static final String ROUTE = "http: [{route: [{destination: {host: reviews}}]}]";

  private static List<String> overlaps(String... documents) {
    return Overlaps.of(YamlState.of(documents)).stream().map(RuleProblem::toString).toList();
  }

  @Test
  void ofTwoRulesForAHostTheNewerIsSaidToHaveNoEffect() {
    assertThat(
            overlaps(
                virtualService("shop", "a", "{hosts: [reviews], " + ROUTE + "}"),
                virtualService(
                    "lab", "b", "{hosts: [reviews.shop.svc.cluster.local, c.com], " + ROUTE + "}")))
        .containsExactly(
            "VirtualService lab/b: spec.hosts reviews.shop.svc.cluster.local has no effect:"
                + " VirtualService shop/a comes first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]           | []        | yes",
        "['*']        | [.]       | yes",
        "[.]          | [.]       | no",
        "[.]          | []        | no",
        "[shop, lab]  | [.]       | yes",
        "[shop]       | [., shop] | no",
        "['~']        | []        | no"
      })
  void aRuleThatOthersDoNotSeeHidesNothingFromThem(String older, String newer, String hides) {
    List<String> found =
        overlaps(
            virtualService(
                "shop", "a", "{hosts: [c.com], exportTo: %s, %s}".formatted(older, ROUTE)),
            virtualService(
                "lab", "b", "{hosts: [c.com], exportTo: %s, %s}".formatted(newer, ROUTE)));

    assertThat(found).hasSize(hides.equals("yes") ? 1 : 0);
  }

  @Test
  void rulesForGatewaysAndForOtherHostsOverlapWithNothing() {
    assertThat(
            overlaps(
                virtualService("shop", "a", "{hosts: [reviews], " + ROUTE + "}"),
                virtualService("shop", "b", "{hosts: [reviews], gateways: [edge], " + ROUTE + "}"),
                virtualService("shop", "c", "{hosts: ['*'], " + ROUTE + "}"),
                virtualService("lab", "d", "{hosts: [reviews], " + ROUTE + "}")))
        .isEmpty();
  }

  @Test
  void whatADestinationRuleSaysAfterAnOlderOneIsSaid() {
    String policy = "trafficPolicy: {loadBalancer: {simple: RANDOM}}";
    assertThat(
            overlaps(
                destinationRule(
                    "shop", "a", "{host: reviews, %s, subsets: [{name: v1}]}".formatted(policy)),
                destinationRule(
                    "shop",
                    "b",
                    "{host: reviews, %s, subsets: [{name: v1}, {name: v2}]}".formatted(policy)),
                destinationRule(
                    "lab", "c", "{host: reviews.shop.svc.cluster.local, %s}".formatted(policy))))
        .containsExactly(
            "DestinationRule shop/b: spec.trafficPolicy has no effect: DestinationRule shop/a for"
                + " the same host comes first",
            "DestinationRule shop/b: spec.subsets v1 has no effect: DestinationRule shop/a has it"
                + " and comes first");
  }

  @Test
  void ofManyDestinationRulesOfAHostEachIsToldOfTheOneInForce() {
    String policy = "{host: reviews, trafficPolicy: {loadBalancer: {simple: RANDOM}}}";
    assertThat(
            overlaps(
                destinationRule("shop", "a", policy),
                destinationRule("shop", "b", policy),
                destinationRule("shop", "c", policy)))
        .hasSize(2)
        .allMatch(problem -> problem.contains("DestinationRule shop/a for the same host"));
  }

  @Test
  void aServiceEntryThatDoesNotMergeIsSaidWithTheDifference() {
    String entry = "{hosts: [c.com], resolution: %s, ports: [{number: 80, name: http}]}";
    assertThat(
            overlaps(
                serviceEntry("shop", "a", entry.replace("%s", "DNS")),
                serviceEntry("shop", "b", entry.replace("%s", "NONE")),
                serviceEntry("shop", "c", entry.replace("%s", "DNS")),
                serviceEntry("lab", "d", entry.replace("%s", "NONE"))))
        .containsExactly(
            "ServiceEntry shop/b: spec.hosts c.com has no effect: ServiceEntry shop/a comes first"
                + " and differs in resolution");
  }

  @Test
  void rulesForAnAliasAreSaidWithTheHostBehindIt() {
    assertThat(
            overlaps(
                "{apiVersion: v1, kind: Service, metadata: {name: other, namespace: shop},"
                    + " spec: {type: ExternalName, externalName: c.com}}",
                virtualService("shop", "v", "{hosts: [other], " + ROUTE + "}"),
                destinationRule("shop", "d", "{host: other}")))
        .containsExactly(
            "VirtualService shop/v: spec.hosts other.shop.svc.cluster.local has no effect: it is"
                + " another name of c.com, whose rules hold",
            "DestinationRule shop/d: spec.host other.shop.svc.cluster.local has no effect: it is"
                + " another name of c.com, whose rules hold");
  }
}
