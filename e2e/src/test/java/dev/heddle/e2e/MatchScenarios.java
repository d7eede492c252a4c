package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;

/** Which route a call takes (Istio: HTTPMatchRequest). What matches goes to v2, the rest to v1. */
final class MatchScenarios {

  private MatchScenarios() {}

  static List<Scenario> all() {
    return List.of(
        matching(
            "a path matches exactly",
            "{uri: {exact: /a}}",
            stage -> {
              assertV2(stage.get("/a"));
              assertV2(stage.get("/a?b=c"));
              assertV1(stage.get("/a/"));
              assertV1(stage.get("/A"));
            }),
        matching(
            "a path matches by its prefix",
            "{uri: {prefix: /a}}",
            stage -> {
              assertV2(stage.get("/a/b"));
              assertV2(stage.get("/ab"));
              assertV1(stage.get("/b/a"));
            }),
        matching(
            "a regex must match the whole path without the query",
            "{uri: {regex: \"/a/[0-9]+\"}}",
            stage -> {
              assertV2(stage.get("/a/12"));
              assertV2(stage.get("/a/12?x=y"));
              assertV1(stage.get("/a/12/b"));
              assertV1(stage.get("/x/a/12"));
            }),
        matching(
            "case of a path is ignored where the rule says so",
            "{uri: {prefix: /Shop}, ignoreUriCase: true}",
            stage -> {
              assertV2(stage.get("/sHOP/1"));
              assertV1(stage.get("/other"));
            }),
        matching(
            "a method matches",
            "{method: {exact: POST}}",
            stage -> {
              assertV2(stage.post("/", "body"));
              assertV1(stage.get("/"));
            }),
        matching("a scheme matches", "{scheme: {exact: https}}", stage -> assertV1(stage.get("/"))),
        matching(
            "an authority matches",
            "{authority: {prefix: \"${host}.default\"}}",
            stage -> {
              assertV1(stage.get("/"));
              assertV2(stage.call("GET", "http://" + stage.host() + ".default:9080/", null));
            }),
        matching(
            "a port matches",
            "{port: 9081}",
            stage -> {
              assertV1(stage.get("/"));
              assertV2(stage.call("GET", "http://" + stage.host() + ":9081/", null));
            }),
        matching(
            "headers match by value, prefix, regex and presence, all of them",
            "{headers: {x-user: {exact: ann}, x-group: {prefix: te}, x-age: {regex: \"[0-9]+\"}, x-any: {}}}",
            stage -> {
              assertV2(
                  stage.get("/", "x-user", "ann", "x-group", "test", "x-age", "42", "x-any", ""));
              assertV1(stage.get("/", "x-user", "ann", "x-group", "test", "x-age", "42"));
              assertV1(
                  stage.get("/", "x-user", "bob", "x-group", "test", "x-age", "42", "x-any", "1"));
              assertV1(
                  stage.get("/", "x-user", "ann", "x-group", "test", "x-age", "4x", "x-any", "1"));
            }),
        matching(
            "a header that must be absent keeps a route from matching",
            "{withoutHeaders: {x-internal: {exact: \"yes\"}}}",
            stage -> {
              assertV2(stage.get("/"));
              assertV2(stage.get("/", "x-internal", "no"));
              assertV1(stage.get("/", "x-internal", "yes"));
            }),
        matching(
            "query parameters match",
            "{queryParams: {q: {exact: \"1\"}, r: {regex: \"a+\"}}}",
            stage -> {
              assertV2(stage.get("/?r=aa&q=1"));
              assertV1(stage.get("/?q=1"));
              assertV1(stage.get("/?q=2&r=a"));
            }),
        matching(
            "the labels of the caller match",
            "{sourceLabels: {app: probe, version: v7}}",
            stage -> assertV2(stage.get("/"))),
        matching(
            "other labels of the caller do not match",
            "{sourceLabels: {app: probe, version: v8}}",
            stage -> assertV1(stage.get("/"))),
        matching(
            "the namespace of the caller matches",
            "{sourceNamespace: default}",
            stage -> assertV2(stage.get("/"))),
        matching(
            "another namespace of the caller does not match",
            "{sourceNamespace: other}",
            stage -> assertV1(stage.get("/"))),
        http(
            "one of several match blocks is enough and the first route wins",
            """
            - match: [{uri: {exact: /a}}, {headers: {x-b: {exact: "1"}}, method: {exact: GET}}]
              route: [{destination: {host: "${host}", subset: v2}}]
            - match: [{uri: {prefix: /a}}]
              route: [{destination: {host: "${host}", subset: v3}}]
            - route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage -> {
              assertV2(stage.get("/a"));
              assertV2(stage.get("/z", "x-b", "1"));
              assertThat(stage.get("/ab").word()).isEqualTo("v3");
              assertV1(stage.post("/z", "", "x-b", "1"));
            }),
        http(
            "a call that no route matches is answered 404",
            """
            - match: [{uri: {exact: /only}}]
              route: [{destination: {host: "${host}", subset: v1}}]
            """,
            stage -> {
              assertV1(stage.get("/only"));
              Answer answer = stage.get("/other");
              assertThat(answer.status()).isEqualTo(404);
              assertThat(answer.header("heddle-reason")).isNotEmpty();
            }));
  }

  private static Scenario matching(String name, String match, Scenario.Check check) {
    return http(
        name,
        """
        - match: [%s]
          route: [{destination: {host: "${host}", subset: v2}}]
        - route: [{destination: {host: "${host}", subset: v1}}]
        """
            .formatted(match),
        check);
  }

  private static void assertV1(Answer answer) {
    assertThat(answer.word()).as(answer.toString()).isEqualTo("v1");
  }

  private static void assertV2(Answer answer) {
    assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
  }
}
