package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Summary;
import java.util.List;

/** Calls that the app itself makes by https: the mesh chooses where, and nothing else. */
final class HttpsScenarios {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  private HttpsScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
            "https to a host outside the mesh stays as it is",
            TO_V1,
            stage -> {
              String known = "https://outside.example.com:" + stage.value("https") + "/a?b=c";
              Answer answer = stage.call("GET", known, null);
              assertThat(answer.word()).as(answer.toString()).isEqualTo("https");
              assertThat(answer.uri()).isEqualTo(known);
              String unnamed =
                  "https://" + stage.value("address") + ":" + stage.value("https") + "/";
              assertThat(Stage.failure(stage.call("GET", unnamed, null))).contains("SSL");
            }),
        http(
                "https to a managed host reaches its endpoints and proves the host's name",
                TO_V1,
                stage -> {
                  String host = stage.host() + ".https.example.com";
                  Answer answer = stage.call("GET", "https://" + host + "/a?b=c", null);
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("https");
                  assertThat(answer.header("x-sni")).isEqualTo(host);
                  assertThat(answer.uri()).isEqualTo("https://" + host + "/a?b=c");
                  assertThat(Stage.received(answer).header("host")).isEqualTo(host);
                })
            .with(entry("https.example.com", "${https}")),
        http(
                "https to a managed host goes past a dead endpoint",
                TO_V1,
                stage -> {
                  String url = "https://" + stage.host() + ".https.example.com/";
                  Summary summary = stage.callMany(Stage.ask("GET", url).times(10, 1));
                  assertThat(summary.count("https")).as(summary.toString()).isEqualTo(10);
                })
            .with(entry("https.example.com", "${dead}", "${https}")),
        http(
                "https to a managed host is refused where the endpoint is another host",
                TO_V1,
                stage -> {
                  String url = "https://" + stage.host() + ".elsewhere.example.com/";
                  Answer answer = stage.call("GET", url, null);
                  assertThat(Stage.failure(answer)).as(answer.toString()).contains("SSL");
                  assertThat(stage.attempts()).isEmpty();
                })
            .with(entry("elsewhere.example.com", "${https}")));
  }

  private static String entry(String domain, String... ports) {
    StringBuilder entry =
        new StringBuilder(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: "${host}-https"}
            spec:
              hosts: ["${host}.%s"]
              location: MESH_EXTERNAL
              resolution: STATIC
              ports: [{number: 443, name: https, protocol: HTTPS}]
              endpoints:
            """
                .formatted(domain));
    for (String port : ports) {
      entry.append("  - {address: ${address}, ports: {https: ").append(port).append("}}\n");
    }
    return entry.toString();
  }
}
