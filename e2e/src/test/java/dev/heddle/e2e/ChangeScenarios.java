package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;

/** What a route changes of requests and responses, and answers that it gives itself. */
final class ChangeScenarios {

  private ChangeScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "a prefix that matched is rewritten and the query stays",
            """
            - match: [{uri: {prefix: /old/}}]
              rewrite: {uri: /new/}
              route: [{destination: {host: "${host}", subset: v1}}]
            - route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage -> {
              Answer answer = stage.get("/old/a%20b?q=1&r");
              assertThat(Stage.received(answer).target()).isEqualTo("/new/a%20b?q=1&r");
              assertThat(Stage.received(stage.get("/kept")).target()).isEqualTo("/kept");
            }),
        http(
            "an exact path is rewritten as a whole",
            """
            - match: [{uri: {exact: /old}}]
              rewrite: {uri: /new/path}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage -> assertThat(Stage.received(stage.get("/old")).target()).isEqualTo("/new/path")),
        http(
            "a path is rewritten by a regex",
            """
            - rewrite: {uriRegexRewrite: {match: "^/service/([^/]+)(/.*)$", rewrite: "\\\\2/instance/\\\\1"}}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage ->
                assertThat(Stage.received(stage.get("/service/foo/v1/api?a=b")).target())
                    .isEqualTo("/v1/api/instance/foo?a=b")),
        http(
            "the authority is rewritten",
            """
            - rewrite: {authority: other.example.com}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage ->
                assertThat(Stage.received(stage.get("/")).header("host"))
                    .isEqualTo("other.example.com")),
        http(
            "request headers are set, added and removed by the route and by the destination",
            """
            - headers: {request: {set: {x-set: route}, add: {x-add: route}, remove: [x-gone]}}
              route:
              - destination: {host: "${host}", subset: v1}
                headers: {request: {add: {x-add: destination}, set: {x-other: destination}}}
            """,
            stage -> {
              Received received =
                  Stage.received(
                      stage.get("/", "x-set", "app", "x-add", "app", "x-gone", "1", "x-kept", "1"));
              assertThat(received.header("x-set")).isEqualTo("route");
              assertThat(received.header("x-add").replace(" ", "").split(","))
                  .containsExactlyInAnyOrder("app", "route", "destination");
              assertThat(received.headers()).doesNotContainKey("x-gone");
              assertThat(received.header("x-kept")).isEqualTo("1");
              assertThat(received.header("x-other")).isEqualTo("destination");
            }),
        http(
            "response headers are set, added and removed by the route and by the destination",
            """
            - headers: {response: {set: {x-set: route}, remove: [x-inner]}}
              route:
              - destination: {host: "${host}", subset: v1}
                headers: {response: {add: {x-add: destination}}}
            """,
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.header("x-set")).isEqualTo("route");
              assertThat(answer.header("x-add")).isEqualTo("destination");
              assertThat(answer.headers()).doesNotContainKey("x-inner");
              assertThat(answer.word()).isEqualTo("v1");
            }),
        http(
            "a header change may set the host",
            """
            - headers: {request: {set: {host: changed.example.com}}}
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage ->
                assertThat(Stage.received(stage.get("/")).header("host"))
                    .isEqualTo("changed.example.com")),
        http(
            "a redirect is a response with a location",
            """
            - match: [{uri: {prefix: /old}}]
              redirect: {uri: /new, authority: "elsewhere.example.com:81", redirectCode: 308}
            - redirect: {scheme: https}
            """,
            stage -> {
              Answer answer = stage.get("/old/x?q=1");
              assertThat(answer.status()).isEqualTo(308);
              assertThat(answer.header("location"))
                  .isEqualTo("http://elsewhere.example.com:81/new?q=1");
              Answer toHttps = stage.get("/a");
              assertThat(toHttps.status()).isEqualTo(301);
              assertThat(toHttps.header("location")).startsWith("https://" + stage.host());
              assertThat(stage.attempts()).isEmpty();
            }),
        http(
            "a direct response is given without asking anybody",
            """
            - directResponse: {status: 418, body: {string: "short and stout"}}
            """,
            stage -> {
              Answer answer = stage.get("/");
              assertThat(answer.status()).isEqualTo(418);
              assertThat(answer.body()).isEqualTo("short and stout");
              assertThat(stage.attempts()).isEmpty();
            }));
  }
}
