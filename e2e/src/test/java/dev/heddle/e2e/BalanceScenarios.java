package dev.heddle.e2e;

import static dev.heddle.e2e.FailureScenarios.threeInstances;
import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Summary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where calls go: weights, subsets, load balancers, mirrors, hosts of several kinds. */
final class BalanceScenarios {

  private static final String TO_THREE = "- route: [{destination: {host: \"${host}-three\"}}]\n";

  private BalanceScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
                "ninety of a hundred calls take the one way and ten the other",
                """
            - route:
              - {destination: {host: "${host}", subset: v1}, weight: 90}
              - {destination: {host: "${host}", subset: v2}, weight: 10}
            """,
                stage -> {
                  Summary summary = stage.manyAtOnce(1_250, 8, "/");
                  assertThat(summary.total()).isEqualTo(10_000);
                  assertThat(summary.count("v1") + summary.count("v2")).isEqualTo(10_000);
                  assertThat(summary.count("v1") / 100.0).isBetween(88.5, 91.5);
                })
            .notFor(
                "10,000 processes of curl, which before 8.0 uses no such connection again",
                Clients.CURL_HTTP_2),
        http(
                "round robin treats instances alike",
                TO_THREE,
                stage -> {
                  Summary summary = stage.many(99, "/");
                  for (String version : List.of("v1", "v2", "v3")) {
                    assertThat(summary.count(version)).isBetween(32, 34);
                  }
                })
            .with(threeInstances("loadBalancer: {simple: ROUND_ROBIN}")),
        http(
                "random uses every instance",
                TO_THREE,
                stage ->
                    assertThat(stage.many(200, "/").answers().keySet())
                        .containsExactlyInAnyOrder("v1", "v2", "v3"))
            .with(threeInstances("loadBalancer: {simple: RANDOM}")),
        http(
                "least request uses every instance",
                TO_THREE,
                stage ->
                    assertThat(stage.many(200, "/").answers().keySet())
                        .containsExactlyInAnyOrder("v1", "v2", "v3"))
            .with(threeInstances("loadBalancer: {simple: LEAST_REQUEST}")),
        http(
                "a hash of a header keeps a caller at its instance",
                TO_THREE,
                stage -> {
                  assertThat(stage.many(30, "/", "x-user", "ann").answers()).hasSize(1);
                  Set<String> instances = new HashSet<>();
                  for (int i = 0; i < 40; i++) {
                    instances.add(stage.get("/", "x-user", "user" + i).word());
                  }
                  assertThat(instances).hasSizeGreaterThan(1);
                })
            .with(threeInstances("loadBalancer: {consistentHash: {httpHeaderName: x-user}}")),
        http(
                "a hash of a query parameter keeps a caller at its instance",
                TO_THREE,
                stage -> assertThat(stage.many(30, "/?user=ann").answers()).hasSize(1))
            .with(threeInstances("loadBalancer: {consistentHash: {httpQueryParameterName: user}}")),
        http(
                "a hash of the caller's address keeps it at one instance, by Maglev too",
                TO_THREE,
                stage -> assertThat(stage.many(30, "/").answers()).hasSize(1))
            .with(
                threeInstances("loadBalancer: {consistentHash: {useSourceIp: true, maglev: {}}}")),
        http(
                "a hash of a cookie keeps a caller at its instance and makes the cookie",
                TO_THREE,
                stage -> {
                  Answer first = stage.get("/");
                  String cookie = first.header("set-cookie");
                  assertThat(cookie).startsWith("session=");
                  String sent = cookie.split(";", 2)[0];
                  Summary summary = stage.many(20, "/", "Cookie", sent);
                  assertThat(summary.answers()).hasSize(1).containsKey(first.word());
                })
            .with(
                threeInstances(
                    "loadBalancer: {consistentHash: {httpCookie: {name: session, ttl: 60s}}}")),
        http(
                "a mirror gets the call too and its answer is dropped",
                """
            - route: [{destination: {host: "${host}", subset: v1}}]
              mirrors: [{destination: {host: "${host}", subset: v2}, percentage: {value: 100}}]
            """,
                stage -> {
                  assertThat(stage.post("/m", "mirrored").word()).isEqualTo("v1");
                  assertThat(stage.awaitAttempts(2))
                      .extracting(Received::upstream, Received::body)
                      .containsExactlyInAnyOrder(tuple("v1", "mirrored"), tuple("v2", "mirrored"));
                })
            .notFor("a body is read there but once", Clients.APACHE_5_MINIMAL),
        http(
                "a call may be sent to another service",
                "- route: [{destination: {host: \"${host}-three\"}}]\n",
                stage -> {
                  Answer answer = stage.get("/");
                  assertThat(answer.status()).isEqualTo(200);
                  assertThat(Stage.received(answer).header("host"))
                      .isEqualTo(stage.host() + ":9080");
                })
            .with(threeInstances("")),
        http(
                "a service of DNS names is called where they lead",
                "- route: [{destination: {host: \"${host}-dns.example.com\"}}]\n",
                stage -> assertThat(stage.get("/").word()).isEqualTo("v3"))
            .with(
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: "${host}-dns"}
                spec:
                  hosts: ["${host}-dns.example.com"]
                  location: MESH_EXTERNAL
                  resolution: DNS
                  ports: [{number: 9080, name: http, protocol: HTTP}]
                  endpoints: [{address: outside.example.com, ports: {http: ${v3}}}]
                """),
        http(
                "a wildcard service entry covers the names below it",
                "- route: [{destination: {host: \"${host}\", subset: v1}}]\n",
                stage ->
                    assertThat(
                            stage
                                .call(
                                    "GET",
                                    "http://any." + stage.host() + ".example.com:9080/",
                                    null)
                                .word())
                        .isEqualTo("v2"))
            .with(
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: "${host}-wild"}
                spec:
                  hosts: ["*.${host}.example.com"]
                  location: MESH_EXTERNAL
                  resolution: STATIC
                  ports: [{number: 9080, name: http, protocol: HTTP}]
                  endpoints: [{address: ${address}, ports: {http: ${v2}}}]
                """));
  }
}
