package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;

/** What the app sees stays as it is. */
final class AppScenarios {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  private AppScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "the app sees the URL and the server sees the host that the app named",
            TO_V1,
            stage -> {
              Answer answer = stage.get("/a?b=c");
              assertThat(answer.uri()).isEqualTo("http://" + stage.host() + ":9080/a?b=c");
              assertThat(Stage.received(answer).header("host")).isEqualTo(stage.host() + ":9080");
              assertThat(Stage.received(answer).target()).isEqualTo("/a?b=c");
            }),
        http(
            "every method and its body arrive",
            TO_V1,
            stage -> {
              for (String method : List.of("POST", "PUT", "DELETE")) {
                Received received =
                    Stage.received(
                        stage.call(
                            method, "http://" + stage.host() + ":9080/", "b".repeat(70_000)));
                assertThat(received.method()).isEqualTo(method);
                assertThat(received.body()).isEqualTo("b".repeat(70_000));
              }
              assertThat(stage.call("HEAD", "http://" + stage.host() + ":9080/", null).status())
                  .isEqualTo(200);
            }),
        http(
            "the app's own shorter timeout holds, as the library tells it",
            TO_V1,
            stage -> {
              Answer answer = stage.getWithin(150, "/", Upstream.DO, "delay=3000");
              assertThat(answer.error())
                  .as(answer.toString())
                  .isIn(
                      "java.net.http.HttpTimeoutException",
                      "java.net.SocketTimeoutException",
                      "curl: (28)");
              assertThat(answer.millis()).isLessThan(1500);
            }),
        http(
            "a host that nobody knows fails as without a mesh",
            TO_V1,
            stage -> {
              Answer answer = stage.call("GET", "http://nobody-knows.invalid:9080/", null);
              assertThat(answer.error())
                  .isIn("java.net.ConnectException", "java.net.UnknownHostException", "curl: (6)");
            }),
        http(
            "an address that is no managed host is called directly",
            TO_V1,
            stage -> {
              int port = Integer.parseInt(stage.get("/port").header("x-port"));
              Answer answer =
                  stage.call("GET", "http://" + stage.value("address") + ":" + port + "/", null);
              assertThat(answer.word()).isEqualTo("v1");
            }));
  }
}
