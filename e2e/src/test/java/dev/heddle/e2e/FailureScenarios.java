package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Summary;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Timeouts, retries, faults, outliers and limits. */
final class FailureScenarios {

  private static final String TO_V1 = "route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  private FailureScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "a call that takes too long is answered 504 in time",
            "- timeout: 150ms\n  " + TO_V1,
            stage -> {
              Answer answer = stage.get("/", Upstream.DO, "delay=2000");
              assertThat(answer.status()).isEqualTo(504);
              assertThat(answer.header("heddle-reason")).isNotEmpty();
              assertThat(answer.millis()).isBetween(140.0, 1200.0);
              assertThat(stage.get("/").word()).isEqualTo("v1");
            }),
        http(
            "a status that is to be retried is retried until an attempt succeeds",
            "- retries: {attempts: 2, retryOn: \"5xx\", backoff: 1ms}\n  " + TO_V1,
            stage -> {
              assertThat(stage.get("/", Upstream.DO, "status=503;times=2").status()).isEqualTo(200);
              assertThat(stage.attempts()).hasSize(3);
              assertThat(stage.get("/", Upstream.DO, "status=503").status()).isEqualTo(503);
              assertThat(stage.attempts()).hasSize(3);
            }),
        http(
            "only the statuses that are named are retried",
            "- retries: {attempts: 2, retryOn: \"418,gateway-error\", backoff: 1ms}\n  " + TO_V1,
            stage -> {
              assertThat(stage.get("/", Upstream.DO, "status=418;times=1").status()).isEqualTo(200);
              assertThat(stage.get("/", Upstream.DO, "status=502;times=1").status()).isEqualTo(200);
              assertThat(stage.get("/", Upstream.DO, "status=500").status()).isEqualTo(500);
              assertThat(stage.attempts()).hasSize(1);
            }),
        http(
            "zero attempts turn retries off",
            """
            - retries: {attempts: 0}
              route: [{destination: {host: "${host}"}}]
            """,
            stage -> {
              Summary summary = stage.many(40, "/");
              assertThat(summary.count("v1") + summary.count("v2") + summary.count("v3"))
                  .as(summary.toString())
                  .isLessThan(40);
            }),
        http(
            "each attempt has its own time",
            "- retries: {attempts: 2, perTryTimeout: 150ms, retryOn: 5xx, backoff: 1ms}\n  "
                + TO_V1,
            stage -> {
              Answer answer = stage.get("/", Upstream.DO, "delay=3000;times=1");
              assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
              assertThat(answer.millis()).isBetween(140.0, 2500.0);
              assertThat(stage.attempts()).hasSize(2);
            }),
        Scenario.policy(
            "a refused connection is tried elsewhere also where no rule says so",
            "loadBalancer: {simple: ROUND_ROBIN}\n",
            stage -> {
              Summary summary = stage.many(40, "/");
              assertThat(summary.total()).isEqualTo(40);
              assertThat(summary.answers().keySet()).containsExactlyInAnyOrder("v1", "v2", "v3");
            }),
        http(
            "retries go to hosts that were not tried",
            """
            - retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}
              route: [{destination: {host: "${host}"}}]
            """,
            stage -> {
              for (int i = 0; i < 10; i++) {
                stage.get("/", Upstream.DO, "status=503;times=1");
                Set<String> hosts = new HashSet<>();
                stage.attempts().forEach(attempt -> hosts.add(attempt.upstream()));
                assertThat(hosts).hasSize(stage.attempts().size());
              }
            }),
        http(
                "a body is sent again with a retry",
                "- retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}\n  " + TO_V1,
                stage -> {
                  Answer answer =
                      stage.post("/", "the body".repeat(100), Upstream.DO, "status=503;times=1");
                  assertThat(answer.status()).isEqualTo(200);
                  assertThat(stage.attempts()).extracting(Received::body).hasSize(2);
                  assertThat(stage.attempts())
                      .allSatisfy(a -> assertThat(a.body()).isEqualTo("the body".repeat(100)));
                })
            .notFor("a body is read there but once", Clients.APACHE_5_MINIMAL),
        http(
            "a fault aborts calls before they are made",
            "- fault: {abort: {httpStatus: 555, percentage: {value: 100}}}\n  " + TO_V1,
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.status()).isEqualTo(555);
              assertThat(answer.header("heddle-reason")).isNotEmpty();
              assertThat(answer.body()).isNotEmpty().doesNotContain("\n\n");
              assertThat(stage.attempts()).isEmpty();
            }),
        http(
            "a fault aborts its share of calls",
            "- fault: {abort: {httpStatus: 503, percentage: {value: 30}}}\n  " + TO_V1,
            stage -> {
              Summary summary = stage.many(500, "/");
              assertThat(summary.count("503")).isBetween(100, 200);
              assertThat(summary.count("503") + summary.count("v1")).isEqualTo(500);
            }),
        http(
            "a fault delays calls",
            "- fault: {delay: {fixedDelay: 200ms, percentage: {value: 100}}}\n  " + TO_V1,
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.word()).isEqualTo("v1");
              assertThat(answer.millis()).isGreaterThan(195);
            }),
        Scenario.of(
                "an instance that fails is left out",
                "- retries: {attempts: 0}\n  route: [{destination: {host: \"${host}-three\"}}]\n",
                "",
                stage -> {
                  Summary first = stage.many(30, "/", Upstream.DO, "at=v2;status=503");
                  assertThat(first.count("503")).as(first.toString()).isBetween(3, 5);
                  Summary then = stage.many(30, "/", Upstream.DO, "at=v2;status=503");
                  assertThat(then.count("503")).as(then.toString()).isZero();
                })
            .with(
                threeInstances(
                    "loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutive5xxErrors: 3, interval: 500ms, baseEjectionTime: 60s, maxEjectionPercent: 50}")),
        http(
            "no endpoint in a subset is answered 503 with the reason",
            "- route: [{destination: {host: \"${host}\", subset: empty}}]\n",
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.header("heddle-reason")).isNotEmpty();
            }));
  }

  /** A second service of this scenario, without the dead instance. */
  static String threeInstances(String trafficPolicy) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: "${host}-three"}
        spec:
          hosts: ["${host}-three.default.svc.cluster.local"]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{number: 9080, name: http, protocol: HTTP}]
          endpoints:
          - {address: ${address}, ports: {http: ${v1}}, labels: {version: v1}}
          - {address: ${address}, ports: {http: ${v2}}, labels: {version: v2}}
          - {address: ${address}, ports: {http: ${v3}}, labels: {version: v3}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: "${host}-three"}
        spec:
          host: "${host}-three"
          trafficPolicy: {%s}
        """
        .formatted(trafficPolicy);
  }
}
