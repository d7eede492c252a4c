package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.destinationRule;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.snapshot.Cluster;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationRuleTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";
  private static final String PLAIN = service("shop", "reviews", 9080, 9090);
  private static final String V2 =
      virtualService(
          "shop",
          "r",
          "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v2}}]}]}");

  private static Cluster cluster(String client, int port, String... documents) {
    return Objects.requireNonNull(
            new MeshIndex(YamlState.of(documents)).routes(client, "reviews.shop", port),
            "no routes")
        .clusters()
        .get(0);
  }

  private static String balancer(String host, String balancer) {
    return "{host: '%s', trafficPolicy: {loadBalancer: {simple: %s}}}".formatted(host, balancer);
  }

  private static LoadBalancer.Kind kind(String client, String... documents) {
    return cluster(client, 9080, documents).loadBalancer().kind();
  }

  @Test
  void theClientsNamespaceIsAskedFirstThenTheServicesThenTheRoot() {
    String own = destinationRule("lab", "d", balancer(REVIEWS, "RANDOM"));
    String theirs = destinationRule("shop", "d", balancer("reviews", "ROUND_ROBIN"));
    String root = destinationRule("istio-system", "d", balancer("*.cluster.local", "PASSTHROUGH"));

    assertThat(kind("lab", PLAIN, own, theirs, root)).isEqualTo(LoadBalancer.Kind.RANDOM);
    assertThat(kind("lab", PLAIN, theirs, root)).isEqualTo(LoadBalancer.Kind.ROUND_ROBIN);
    assertThat(kind("lab", PLAIN, root)).isEqualTo(LoadBalancer.Kind.PASSTHROUGH);
    assertThat(kind("lab", PLAIN)).isEqualTo(LoadBalancer.Kind.LEAST_REQUEST);
  }

  @Test
  void aConnectTakesTenSecondsAtMostUnlessTheRuleSaysOtherwise() {
    String rule =
        destinationRule(
            "shop",
            "d",
            "{host: reviews, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 30ms}}}}");

    assertThat(cluster("shop", 9080, PLAIN).connectionPool().connectTimeoutNanos())
        .isEqualTo(10_000_000_000L);
    assertThat(cluster("shop", 9080, PLAIN, rule).connectionPool().connectTimeoutNanos())
        .isEqualTo(30_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {maxRequestsPerConnection: 3} | 3 | 0",
        "http: {idleTimeout: 2s} | 0 | 2000",
        "tcp: {idleTimeout: 3s} | 0 | 3000",
        "http: {idleTimeout: 2s}, tcp: {idleTimeout: 3s} | 0 | 2000",
        "http: {idleTimeout: 0s}, tcp: {idleTimeout: 3s} | 0 | 0",
      })
  void aConnectionLivesAsLongAsTheRuleSays(String pool, int requests, long idleMillis) {
    String rule =
        destinationRule(
            "shop", "d", "{host: reviews, trafficPolicy: {connectionPool: {" + pool + "}}}");

    ConnectionPool limits = cluster("shop", 9080, PLAIN, rule).connectionPool();
    assertThat(limits.maxRequestsPerConnection()).isEqualTo(requests);
    assertThat(limits.idleTimeoutNanos()).isEqualTo(idleMillis * 1_000_000);
  }

  @Test
  void aThirdNamespaceHasNoSay() {
    String elsewhere = destinationRule("else", "d", balancer(REVIEWS, "RANDOM"));

    assertThat(kind("lab", PLAIN, elsewhere)).isEqualTo(LoadBalancer.Kind.LEAST_REQUEST);
  }

  @Test
  void aRuleThatIsNotExportedIsPassedOver() {
    String theirs =
        destinationRule(
            "shop",
            "d",
            "{host: reviews, exportTo: [.], trafficPolicy: {loadBalancer: {simple: RANDOM}}}");

    assertThat(kind("lab", PLAIN, theirs)).isEqualTo(LoadBalancer.Kind.LEAST_REQUEST);
    assertThat(kind("shop", PLAIN, theirs)).isEqualTo(LoadBalancer.Kind.RANDOM);
  }

  @Test
  void theMostSpecificHostOfANamespaceHolds() {
    String wide = destinationRule("shop", "a", balancer("*.local", "RANDOM"));
    String narrow =
        destinationRule("shop", "b", balancer("*.shop.svc.cluster.local", "PASSTHROUGH"));
    String exact = destinationRule("shop", "c", balancer("reviews", "ROUND_ROBIN"));

    assertThat(kind("lab", PLAIN, wide, narrow, exact)).isEqualTo(LoadBalancer.Kind.ROUND_ROBIN);
    assertThat(kind("lab", PLAIN, wide, narrow)).isEqualTo(LoadBalancer.Kind.PASSTHROUGH);
  }

  @Test
  void rulesForTheSameHostInOneNamespaceAreMerged() {
    Cluster cluster =
        cluster(
            "shop",
            9080,
            PLAIN,
            V2,
            destinationRule("shop", "a", balancer("reviews", "RANDOM")),
            destinationRule(
                "shop", "b", "{host: reviews, subsets: [{name: v2, labels: {version: v2}}]}"));

    assertThat(cluster.subsetLabels()).isEqualTo(Map.of("version", "v2"));
    assertThat(cluster.loadBalancer().kind()).isEqualTo(LoadBalancer.Kind.RANDOM);
  }

  @Test
  void aSubsetReplacesWhatItSetsAndInheritsTheRest() {
    Cluster cluster =
        cluster(
            "shop",
            9080,
            PLAIN,
            V2,
            destinationRule(
                "shop",
                "d",
                """
                {host: reviews,
                 trafficPolicy: {loadBalancer: {simple: RANDOM}, connectionPool: {http: {http2MaxRequests: 7}}},
                 subsets: [{name: v2, labels: {version: v2}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}]}"""));

    assertThat(cluster.loadBalancer().kind()).isEqualTo(LoadBalancer.Kind.ROUND_ROBIN);
    assertThat(cluster.connectionPool().maxRequests()).isEqualTo(7);
  }

  @Test
  void aPortsSettingsReplaceTheHostsAsAWhole() {
    String rule =
        destinationRule(
            "shop",
            "d",
            """
            {host: reviews, trafficPolicy: {
              loadBalancer: {simple: RANDOM}, connectionPool: {http: {http2MaxRequests: 7}},
              portLevelSettings: [{port: {number: 9090}, loadBalancer: {simple: ROUND_ROBIN}}]}}""");

    Cluster ported = cluster("shop", 9090, PLAIN, rule);
    assertThat(ported.loadBalancer().kind()).isEqualTo(LoadBalancer.Kind.ROUND_ROBIN);
    assertThat(ported.connectionPool().maxRequests()).isZero();
    assertThat(cluster("shop", 9080, PLAIN, rule).connectionPool().maxRequests()).isEqualTo(7);
  }

  @Test
  void aSubsetThatNoRuleDefinesHasNoEndpointRatherThanAll() {
    assertThat(cluster("shop", 9080, PLAIN, V2).subsetLabels()).isNotEmpty();
  }

  @Test
  void outlierDetectionHasIstiosDefaults() {
    OutlierDetection outlier =
        cluster(
                "shop",
                9080,
                PLAIN,
                destinationRule(
                    "shop",
                    "d",
                    "{host: reviews, trafficPolicy: {outlierDetection: {interval: 1s}}}"))
            .outlierDetection();

    assertThat(outlier)
        .isEqualTo(
            OutlierDetection.builder()
                .consecutive5xx(5)
                .consecutiveLocalOriginFailures(5)
                .intervalNanos(1_000_000_000L)
                .baseEjectionNanos(30_000_000_000L)
                .maxEjectionPercent(10)
                .build());
  }

  @Test
  void aCookieWithTtlIsOneThatIsGiven() {
    LoadBalancer balancer =
        cluster(
                "shop",
                9080,
                PLAIN,
                destinationRule(
                    "shop",
                    "d",
                    "{host: reviews, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: user, path: /, ttl: 0s}}}}}"))
            .loadBalancer();

    assertThat(balancer.consistentHash())
        .isEqualTo(
            ConsistentHash.builder()
                .algorithm(ConsistentHash.Algorithm.RING_HASH)
                .tableSize(1024)
                .source(ConsistentHash.Source.COOKIE)
                .name("user")
                .cookiePath("/")
                .cookieTtlNanos(0)
                .build());
  }
}
