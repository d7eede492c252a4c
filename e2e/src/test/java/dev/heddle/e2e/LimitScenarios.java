package dev.heddle.e2e;

import static dev.heddle.e2e.FailureScenarios.threeInstances;
import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.util.List;
import java.util.UUID;

/** What bounds calls: time in all, calls under way, what is retried and what is not. */
final class LimitScenarios {

  private static final String TO_V1 = "route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  private LimitScenarios() {}

  /** Two instances, of which one leaves connections waiting. */
  private static final String FULL_AND_V1 =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: "${host}-full"}
      spec:
        hosts: ["${host}-full.default.svc.cluster.local"]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: 9080, name: http, protocol: HTTP}]
        endpoints:
        - {address: ${address}, ports: {http: ${full}}}
        - {address: ${address}, ports: {http: ${v1}}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: "${host}-full"}
      spec:
        host: "${host}-full"
        trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}, connectionPool: {tcp: {connectTimeout: 200ms}}}
      """;

  static List<Scenario> all() {
    return List.of(
        http(
            "the time of a route bounds all its attempts",
            """
            - timeout: 400ms
              retries: {attempts: 10, perTryTimeout: 150ms, retryOn: 5xx, backoff: 1ms}
              \
            """
                + TO_V1,
            stage -> {
              Answer answer = stage.get("/", Upstream.DO, "delay=2000");
              assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
              assertThat(answer.millis()).isBetween(390.0, 1_500.0);
              assertThat(stage.attempts()).hasSizeBetween(2, 4);
            }),
        http(
            "the time of a route bounds the body too",
            "- timeout: 300ms\n  " + TO_V1,
            stage -> {
              Answer answer = stage.get("/", Upstream.DO, "stall=2000");
              assertThat(answer.error() != null || answer.status() == 504)
                  .as(answer.toString())
                  .isTrue();
              assertThat(answer.millis()).isLessThan(1_500);
            }),
        http(
                "a connection that breaks is retried where the rule says so",
                "- retries: {attempts: 2, retryOn: reset, backoff: 1ms}\n  " + TO_V1,
                stage -> {
                  Answer answer = stage.get("/", Upstream.DO, "close=true;times=1");
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v1");
                  assertThat(stage.attempts()).hasSizeGreaterThan(1);
                })
            .notFor(Http2Server.ALWAYS_ANSWERS, Clients.CURL_HTTP_2),
        Scenario.policy(
            "an answer 503 is the app's where no rule says that it is retried",
            "loadBalancer: {simple: ROUND_ROBIN}\n",
            stage -> {
              Answer answer = stage.get("/", Upstream.DO, "status=503");
              assertThat(answer.status()).isEqualTo(503);
              assertThat(stage.attempts()).hasSize(1);
            }),
        http(
                "calls beyond the connection pool are answered 503",
                "- route: [{destination: {host: \"${host}-three\"}}]\n",
                stage -> {
                  Summary summary = stage.manyAtOnce(1, 8, "/", Upstream.DO, "delay=1000");
                  assertThat(summary.count("503")).as(summary.toString()).isEqualTo(6);
                  assertThat(summary.total()).isEqualTo(8);
                  assertThat(stage.get("/").status()).isEqualTo(200);
                })
            .with(
                threeInstances(
                    "connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}")),
        http(
                "retries at one time are bounded",
                """
                - retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}
                  route: [{destination: {host: "${host}-three"}}]
                """,
                stage -> {
                  String all = UUID.randomUUID().toString();
                  Ask ask =
                      Stage.ask(
                          "GET",
                          stage.url("/"),
                          Upstream.DO,
                          "status=503;delay=400",
                          Upstream.ID,
                          all);
                  assertThat(stage.callMany(ask.times(1, 8)).count("503")).isEqualTo(8);
                  assertThat(stage.attempts(all)).hasSizeBetween(9, 10);
                })
            .with(threeInstances("connectionPool: {http: {maxRetries: 1}}")),
        http(
                "a connection that is not made in time is tried elsewhere",
                "- route: [{destination: {host: \"${host}-full\"}}]\n",
                stage -> {
                  for (int i = 0; i < 3; i++) {
                    Answer answer = stage.get("/");
                    assertThat(answer.word()).as(answer.toString()).isEqualTo("v1");
                    assertThat(answer.millis()).isLessThan(1_500);
                  }
                })
            .with(FULL_AND_V1),
        http(
                "an instance that was left out comes back",
                "- retries: {attempts: 0}\n  route: [{destination: {host: \"${host}-three\"}}]\n",
                stage -> {
                  Summary first = stage.many(12, "/", Upstream.DO, "at=v2;status=502");
                  assertThat(first.count("502")).as(first.toString()).isEqualTo(1);
                  Await.until(
                      "the instance is called again", () -> stage.get("/").word().equals("v2"));
                })
            .with(
                threeInstances(
                    "loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutiveGatewayErrors: 1, interval: 100ms, baseEjectionTime: 1s, maxEjectionPercent: 50}")));
  }
}
