package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleValidatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: 0.5ms | timeout is 0.0005s (expected: at least 1ms)",
        "retries: {attempts: -1} | retries.attempts is -1 (expected: >= 0)",
        "retries: {perTryTimeout: 1us} | retries.perTryTimeout is 0.000001s (expected: at least 1ms)",
        "fault: {delay: {fixedDelay: 0s}} | fault.delay.fixedDelay is 0s (expected: at least 1ms)",
        "fault: {delay: {fixedDelay: 1s, percentage: {value: 101}}} | fault.delay.percentage is 101.0 (expected: 0 to 100)",
        "fault: {delay: {fixedDelay: 1s, percent: -1}} | fault.delay.percent is -1 (expected: 0 to 100)",
        "fault: {abort: {httpStatus: 600}} | fault.abort.httpStatus is 600 (expected: 200 to 599)",
        "match: [{port: 65536}] | match[0].port is 65536 (expected: 1 to 65535)",
        "mirror: {subset: v1} | mirror.host is absent (expected: a host)",
        "mirrors: [{percentage: {value: 1}}] | mirrors[0].destination.host is absent (expected: a host)",
        "mirrors: [{destination: {host: a}, percentage: {value: -1}}] | mirrors[0].percentage is -1.0 (expected: 0 to 100)",
        "mirror: {host: a}, mirrorPercent: 5000000000 | mirrorPercent is 5000000000 (expected: 0 to 100)",
        "redirect: {uri: /} | route excludes redirect and directResponse"
      })
  void aRouteThatIstioRefusesIsRefused(String field, String problem) {
    assertThat(Yaml.problems(Yaml.routeWith(field)))
        .startsWith("VirtualService bookinfo/reviews: spec.http[0]." + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout: 0s",
        "timeout: 1ms",
        "retries: {attempts: 0}",
        "match: [{port: 65535}]",
        "fault: {abort: {httpStatus: 200, percentage: {value: 0}}}",
        "fault: {delay: {fixedDelay: 1ms, percentage: {value: 100}}}",
        "mirror: {host: a}, mirrorPercent: 100"
      })
  void aRouteAtTheLimitIsTaken(String field) {
    assertThat(Yaml.warnings(Yaml.routeWith(field))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | spec.hosts is empty (expected: at least one host)",
        "{hosts: [a], http: [{}]} | spec.http[0] has no route, redirect or directResponse",
        "{hosts: [a], http: [{match: [{port: 80}]}]} | spec.http[0] has no route, redirect or directResponse",
        "{hosts: [a], http: [{route: [{}]}]} | spec.http[0].route[0].destination.host is absent (expected: a host)",
        "{hosts: [a], http: [{route: [{destination: {host: a}, weight: -1}]}]} | spec.http[0].route[0].weight is -1 (expected: >= 0)",
        "{hosts: [a], http: [{route: [{destination: {host: a, port: {}}}]}]} | spec.http[0].route[0].destination.port.number is absent (expected: 1 to 65535)",
        "{hosts: [a], http: [{redirect: {port: 0}}]} | spec.http[0].redirect.port is 0 (expected: 1 to 65535)"
      })
  void aVirtualServiceThatIstioRefusesIsRefused(String spec, String problem) {
    assertThat(Yaml.problems(Yaml.object("VirtualService", spec)))
        .startsWith("VirtualService default/x: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | spec.host is absent (expected: the host it is about)",
        "{host: a, subsets: [{labels: {a: b}}]} | spec.subsets[0].name is absent (expected: the subset's name)",
        "{host: a, subsets: [{name: v1}, {name: v1}]} | spec.subsets[1].name is v1, as another subset's",
        "{host: a, subsets: [{name: v1, trafficPolicy: {outlierDetection: {interval: 0s}}}]} | spec.subsets[0].trafficPolicy.outlierDetection.interval is 0s (expected: at least 1ms)",
        "{host: a, trafficPolicy: {outlierDetection: {maxEjectionPercent: 101}}} | spec.trafficPolicy.outlierDetection.maxEjectionPercent is 101 (expected: 0 to 100)",
        "{host: a, trafficPolicy: {loadBalancer: {consistentHash: {}}}} | spec.trafficPolicy.loadBalancer.consistentHash has no key",
        "{host: a, trafficPolicy: {tls: {mode: MUTUAL, privateKey: k.pem}}} | spec.trafficPolicy.tls.clientCertificate is absent (expected: a file; MUTUAL needs it)",
        "{host: a, trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: MUTUAL, clientCertificate: c.pem}}]}} | spec.trafficPolicy.portLevelSettings[0].tls.privateKey is absent (expected: a file; MUTUAL needs it)",
        "{host: a, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, caCertificates: ca.pem}}} | spec.trafficPolicy.tls.mode is ISTIO_MUTUAL, whose certificates are the mesh's own",
        "{host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: c, caCertificates: ca.pem}}} | spec.trafficPolicy.tls.credentialName excludes files of certificates, which are named too",
        "{host: a, trafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: -1}}}} | spec.trafficPolicy.connectionPool.http.maxRequestsPerConnection is -1 (expected: >= 0)",
        "{host: a, trafficPolicy: {connectionPool: {tcp: {idleTimeout: 1us}}}} | spec.trafficPolicy.connectionPool.tcp.idleTimeout is 0.000001s (expected: at least 1ms)",
        "{host: a, trafficPolicy: {portLevelSettings: [{}]}} | spec.trafficPolicy.portLevelSettings[0].port.number is absent (expected: 1 to 65535)",
        "{host: a, trafficPolicy: {portLevelSettings: [{port: {number: 80}, outlierDetection: {minHealthPercent: -1}}]}} | spec.trafficPolicy.portLevelSettings[0].outlierDetection.minHealthPercent is -1 (expected: 0 to 100)"
      })
  void aDestinationRuleThatIstioRefusesIsRefused(String spec, String problem) {
    assertThat(Yaml.problems(Yaml.object("DestinationRule", spec)))
        .startsWith("DestinationRule default/x: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | spec.hosts is empty (expected: at least one host)",
        "{hosts: [a.com], ports: [{name: http}]} | spec.ports[0].number is absent (expected: 1 to 65535)",
        "{hosts: [a.com], ports: [{number: 80, targetPort: 70000}]} | spec.ports[0].targetPort is 70000 (expected: 1 to 65535)",
        "{hosts: [a.com], resolution: STATIC} | spec.resolution is STATIC without endpoints or workloadSelector",
        "{hosts: [a.com], endpoints: [{address: b}], workloadSelector: {labels: {a: b}}} | spec.endpoints excludes workloadSelector, which is set too",
        "{hosts: [a.com], endpoints: [{}]} | spec.endpoints[0].address is absent (expected: an address)",
        "{hosts: [a.com], endpoints: [{address: b, ports: {http: 5000000000}}]} | spec.endpoints[0].ports.http is 5000000000 (expected: 1 to 65535)"
      })
  void aServiceEntryThatIstioRefusesIsRefused(String spec, String problem) {
    assertThat(Yaml.problems(Yaml.object("ServiceEntry", spec)))
        .startsWith("ServiceEntry default/x: " + problem);
  }

  @Test
  void aWorkloadEntryNeedsAnAddressAndPorts() {
    assertThat(Yaml.problems(Yaml.object("WorkloadEntry", "{ports: {http: 0}}")))
        .isEqualTo(
            """
            WorkloadEntry default/x: spec.address is absent (expected: an address) (1:80)
            WorkloadEntry default/x: spec.ports.http is 0 (expected: 1 to 65535) (1:95)""");
  }
}
