package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;
import java.util.Map;

/** TLS that a rule begins towards a host that the app calls in plaintext. */
final class TlsScenarios {

  /** The JDK's exception, and the daemon's text. */
  private static final String[] NOT_TRUSTED = {"SSLHandshakeException", "certif"};

  private TlsScenarios() {}

  static List<Scenario> all() {
    return List.of(
        external(
            "a rule begins TLS towards an external host",
            "tls",
            "{mode: SIMPLE, caCertificates: \"${ca}\"}",
            stage -> {
              Answer answer = call(stage);
              assertThat(answer.word()).as(answer.toString()).isEqualTo("tls");
              String host = stage.host() + ".tls.example.com";
              assertThat(Stage.received(answer).header("host")).isEqualTo(host);
              assertThat(answer.header("x-sni")).isEqualTo(host);
              assertThat(answer.uri()).isEqualTo("http://" + host + "/path?q=1");
              assertThat(call(stage).word()).isEqualTo("tls");
            }),
        external(
                "a slow third party behind TLS is given up in time",
                "tls",
                "{mode: SIMPLE, caCertificates: \"${ca}\"}",
                stage -> {
                  call(stage); // a first handshake takes long where the machine is busy
                  Answer answer = call(stage, Upstream.DO, "delay=5000");
                  assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
                  assertThat(answer.millis()).isBetween(990.0, 3000.0);
                })
            .with(
                """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: "${host}-tls"}
                spec:
                  hosts: ["${host}.tls.example.com"]
                  http:
                  - timeout: 1s
                    route: [{destination: {host: "${host}.tls.example.com", port: {number: 80}}}]
                """),
        external(
            "a rule shows the client's certificate",
            "mtls",
            "{mode: MUTUAL, caCertificates: \"${ca}\", clientCertificate: \"${certificate}\", privateKey: \"${key}\"}",
            stage -> {
              Answer answer = call(stage);
              assertThat(answer.word()).as(answer.toString()).isEqualTo("mtls");
              assertThat(answer.header("x-peer")).isEqualTo("CN=client");
            }),
        external(
            "calls over TLS that a rule begins share a connection",
            "tls",
            "{mode: SIMPLE, caCertificates: \"${ca}\"}",
            stage ->
                WireScenarios.assertShares(
                    stage, "http://" + stage.host() + ".tls.example.com/path?q=1")),
        external(
            "a server that nobody vouches for is not spoken to",
            "tls",
            "{mode: SIMPLE}",
            stage -> {
              Answer answer = call(stage);
              assertThat(Stage.failure(answer)).as(answer.toString()).containsAnyOf(NOT_TRUSTED);
              assertThat(stage.attempts()).isEmpty();
            }),
        external(
            "a server must have a name that the rule lists",
            "tls",
            "{mode: SIMPLE, caCertificates: \"${ca}\", subjectAltNames: [other.example.com]}",
            stage -> {
              Answer answer = call(stage);
              assertThat(Stage.failure(answer)).as(answer.toString()).containsAnyOf(NOT_TRUSTED);
              assertThat(stage.attempts()).isEmpty();
            }),
        external(
            "the server name sent is the rule's",
            "tls",
            "{mode: SIMPLE, caCertificates: \"${ca}\", sni: "
                + Certificates.FIXED_NAME
                + ", subjectAltNames: ["
                + Certificates.FIXED_NAME
                + "]}",
            stage -> {
              Answer answer = call(stage);
              assertThat(answer.word()).as(answer.toString()).isEqualTo("tls");
              assertThat(answer.header("x-sni")).isEqualTo(Certificates.FIXED_NAME);
            }),
        external(
            "a file of a rule that is not there is named and nothing is sent",
            "tls",
            "{mode: SIMPLE, caCertificates: /not/there.crt}",
            stage -> {
              Answer answer = call(stage);
              assertThat(Stage.failure(answer)).as(answer.toString()).contains("/not/there.crt");
              assertThat(stage.attempts()).isEmpty();
            }));
  }

  private static Answer call(Stage stage, String... headers) throws Exception {
    return stage.call("GET", "http://" + stage.host() + ".tls.example.com/path?q=1", null, headers);
  }

  private static Scenario external(String name, String server, String tls, Scenario.Check check) {
    String rules =
        """
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: "${host}-tls"}
        spec:
          hosts: ["${host}.tls.example.com"]
          location: MESH_EXTERNAL
          resolution: DNS
          ports: [{number: 80, name: http, protocol: HTTP}]
          endpoints: [{address: outside.example.com, ports: {http: ${%s}}}]
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: "${host}-tls"}
        spec:
          host: "${host}.tls.example.com"
          trafficPolicy:
            portLevelSettings:
            - port: {number: 80}
              tls: %s
        """
            .formatted(server, tls);
    return new Scenario(name, rules, Map.of(), check)
        .notYet(
            "the daemon speaks HTTP/2 to a server of TLS that has HTTP/1.1 alone",
            Clients.CURL_HTTP_2);
  }
}
