package dev.heddle.control.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.rules.RuleProblem;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortProtocolsTest {

  private static final String RULE =
      Yaml.virtualService(
          "default",
          "reviews",
          "{hosts: [reviews], http: [{timeout: 1s, route: [{destination: {host: reviews}}]}]}");

  private static String service(String port) {
    return "{apiVersion: v1, kind: Service, metadata: {name: reviews}, spec: {ports: [%s]}}"
        .formatted(port);
  }

  private static boolean routed(String... documents) {
    return Objects.requireNonNull(
                Answers.index(documents).routes("default", "reviews", 9080), "no routes")
            .routes()
            .getFirst()
            .timeoutNanos()
        > 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{port: 9080}                                   | true",
        "{port: 9080, name: web}                        | true",
        "{port: 9080, name: http}                       | true",
        "{port: 9080, name: grpc-api}                   | true",
        "{port: 9080, name: tcp}                        | false",
        "{port: 9080, name: tcp-web}                    | false",
        "{port: 9080, name: tcpweb}                     | true",
        "{port: 9080, name: https}                      | false",
        "{port: 9080, name: mysql-main}                 | false",
        "{port: 9080, name: http, appProtocol: https}   | false",
        "{port: 9080, name: tcp, appProtocol: http}     | true",
        "{port: 9080, appProtocol: kubernetes.io/h2c}   | true"
      })
  void routesHoldWhereAPortDeclaresHttpOrNothing(String port, boolean expected) {
    assertThat(routed(service(port), RULE)).isEqualTo(expected);
    assertThat(
            Objects.requireNonNull(
                    Answers.index(service(port)).routes("default", "reviews", 9080), "no routes")
                .opaque())
        .isEqualTo(!expected);
  }

  @ParameterizedTest
  @CsvSource({"HTTP, true", "HTTPS, false", "TLS, false", "TCP, false", "GRPC, true"})
  void theProtocolOfAServiceEntrySaysIt(String protocol, boolean expected) {
    String entry =
        Yaml.serviceEntry(
            "default",
            "reviews",
            "{hosts: [reviews.default.svc.cluster.local], resolution: DNS,"
                + " ports: [{number: 9080, name: main, protocol: %s}]}".formatted(protocol));

    assertThat(routed(entry, RULE)).isEqualTo(expected);
  }

  @Test
  void aRuleThatHoldsOnNoPortIsReported() {
    assertThat(Overlaps.of(YamlState.of(service("{port: 9080, name: tcp}"), RULE)))
        .extracting(RuleProblem::toString)
        .containsExactly(
            "VirtualService default/reviews: spec.http for reviews.default.svc.cluster.local has no"
                + " effect: no port of it is declared to speak http");
  }
}
