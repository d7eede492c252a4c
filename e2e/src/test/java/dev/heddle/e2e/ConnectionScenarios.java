package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.ArrayList;
import java.util.List;

/** How long connections live. */
final class ConnectionScenarios {

  private static final String ONE_INSTANCE =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: "${host}-one"}
      spec:
        hosts: ["${host}-one.default.svc.cluster.local"]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: 9080, name: http, protocol: HTTP}]
        endpoints:
        - {address: ${address}, ports: {http: ${doorway}}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: "${host}-one"}
      spec:
        host: "${host}-one"
        trafficPolicy: {connectionPool: POOL}
      """;

  private static final String TO_ONE = "- route: [{destination: {host: \"${host}-one\"}}]\n";

  private ConnectionScenarios() {}

  static List<Scenario> all() {
    return List.of(
        limited(
            "a connection carries no more requests than the rule says",
            "{http: {maxRequestsPerConnection: 3}}",
            stage -> {
              Doorway doorway = stage.doorway();
              awaitNoneOpen(doorway);
              List<Integer> made = new ArrayList<>();
              int before = doorway.made();
              for (int i = 0; i < 9; i++) {
                assertAnswered(stage.get("/"));
                made.add(doorway.made() - before);
              }
              if (stage.client().startsWith(Clients.APACHE_5_ASYNC)) {
                // It answers its app before it gives a connection back: the next call may come
                // first.
                assertThat(made.getLast()).as(made.toString()).isBetween(3, 8);
              } else {
                assertThat(made).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
              }
              awaitNoneOpen(doorway);
            }),
        limited(
            "one request for each connection is no keep-alive, whatever is sent or answered",
            "{http: {maxRequestsPerConnection: 1}}",
            stage -> {
              Doorway doorway = stage.doorway();
              awaitNoneOpen(doorway);
              int before = doorway.made();
              assertAnswered(stage.get("/"));
              assertAnswered(stage.post("/", "a body"));
              assertThat(stage.call("HEAD", stage.url("/"), null).status()).isEqualTo(200);
              assertThat(stage.get("/", Upstream.DO, "status=204").status()).isEqualTo(204);
              assertThat(stage.get("/", Upstream.DO, "status=503").status()).isEqualTo(503);
              assertAnswered(stage.call(Stage.ask("POST", stage.url("/")).streaming("once")));
              assertThat(doorway.made() - before).isEqualTo(6);
              awaitNoneOpen(doorway);
            }),
        limited(
            "the app sees nothing of how long its connections live",
            "{http: {maxRequestsPerConnection: 1}}",
            stage -> {
              Answer answer = stage.get("/");
              assertAnswered(answer);
              assertThat(answer.header("connection")).isEmpty();
              assertThat(Stage.received(answer).header("connection")).doesNotContain("close");
            }),
        limited(
            "a connection that nobody uses is closed",
            "{http: {idleTimeout: 1s}}",
            stage -> {
              Doorway doorway = stage.doorway();
              awaitNoneOpen(doorway);
              assertAnswered(stage.get("/"));
              Await.until("a connection is used again", () -> makesNone(stage, doorway));
              awaitNoneOpen(doorway);
              assertThat(makesNone(stage, doorway)).isFalse();
              awaitNoneOpen(doorway);
            }));
  }

  private static boolean makesNone(Stage stage, Doorway doorway) throws Exception {
    int before = doorway.made();
    assertAnswered(stage.get("/"));
    return doorway.made() == before;
  }

  private static Scenario limited(String name, String pool, Scenario.Check check) {
    return http(name, TO_ONE, check).with(ONE_INSTANCE.replace("POOL", pool));
  }

  private static void assertAnswered(Answer answer) {
    assertThat(answer.word()).as(answer.toString()).isEqualTo("v1");
  }

  private static void awaitNoneOpen(Doorway doorway) throws Exception {
    Await.until("connections are closed, open: " + doorway.open(), () -> doorway.open() == 0);
  }
}
