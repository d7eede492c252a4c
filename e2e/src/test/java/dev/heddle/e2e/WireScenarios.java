package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;

/** What goes over the wire goes as without a mesh: connections, messages, the app's proxy. */
final class WireScenarios {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  /** A server may close what is idle: that many of the calls may need a connection anew. */
  private static final int FEW = 3;

  private WireScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "calls one after the other share a connection",
            TO_V1,
            stage -> assertShares(stage, stage.url("/"))),
        http(
            "calls that a rule sends elsewhere share a connection",
            """
            - headers: {request: {set: {x-set: "1"}}}
              rewrite: {uri: /rewritten, authority: other.example.com}
              timeout: 5s
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage -> assertShares(stage, stage.url("/"))),
        http(
            "an answer without a body has none",
            TO_V1,
            stage -> {
              Answer noContent = stage.get("/", Upstream.DO, "status=204");
              assertThat(noContent.status()).isEqualTo(204);
              assertThat(noContent.body()).isNullOrEmpty();
              Answer notModified = stage.get("/", Upstream.DO, "status=304");
              assertThat(notModified.status()).isEqualTo(304);
              assertThat(stage.get("/").word()).isEqualTo("v1");
            }),
        http(
            "an error of the server comes with its headers and its body",
            TO_V1,
            stage -> {
              for (int status : List.of(400, 404, 500)) {
                Answer answer = stage.get("/", Upstream.DO, "status=" + status);
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("x-upstream")).isEqualTo("v1");
                assertThat(answer.header("heddle-reason")).isEmpty();
                assertThat(Stage.received(answer).target()).isEqualTo("/");
              }
            }),
        http(
            "a header that comes twice is there twice",
            TO_V1,
            stage ->
                assertThat(stage.get("/").headers().get("x-twice"))
                    .containsExactlyInAnyOrder("one", "two")),
        http(
            "a body of megabytes arrives and comes back whole",
            TO_V1,
            stage -> {
              String body = "0123456789abcdef".repeat(128 * 1024);
              assertThat(Stage.received(stage.post("/", body)).body()).isEqualTo(body);
            }),
        http(
            "a path arrives as the app wrote it",
            TO_V1,
            stage -> {
              for (String target :
                  List.of("/a%20b/%2F/c", "/a//b/./c", "/?q=%26&r=a+b", "/%7Eann")) {
                assertThat(Stage.received(stage.get(target)).target()).isEqualTo(target);
              }
            }),
        http(
                "a proxy that the app has set is used",
                TO_V1,
                stage -> {
                  int proxy = Integer.parseInt(stage.value("v3"));
                  Answer answer = stage.call(Stage.ask("GET", stage.url("/a")).through(proxy));
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v3");
                  assertThat(Stage.received(answer).target()).isEqualTo(stage.url("/a"));
                })
            .notFor("it asks no proxy", Clients.APACHE_5_MINIMAL)
            .notYet(
                "the daemon routes what is sent to a proxy outside the mesh by the host it is for",
                Clients.CURL,
                Clients.CURL_HTTP_2));
  }

  /** Fails where calls to this URL make connections of their own. */
  static void assertShares(Stage stage, String url) throws Exception {
    int made = 0;
    for (int i = 0; i < 30; i++) {
      Answer answer = stage.call("GET", url, null);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      made += answer.header("x-connection").equals("new") ? 1 : 0;
    }
    assertThat(made).as("connections made by 30 calls").isLessThanOrEqualTo(FEW);
  }
}
