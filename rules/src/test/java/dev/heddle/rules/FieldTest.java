package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.rules.destinationrule.SimpleBalancer;
import dev.heddle.rules.destinationrule.TlsMode;
import dev.heddle.rules.serviceentry.Location;
import dev.heddle.rules.serviceentry.Resolution;
import dev.heddle.rules.virtualservice.HttpMatch;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the fields of a spec are named and typed, and what is said of those that are not. */
class FieldTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx, retryIgnorePreviousHosts: false}",
        "retries: {attempts: 2, per_try_timeout: 1s, retry_on: 5xx, retry_ignore_previous_hosts: false}",
        "retries: {attempts: '2', per_try_timeout: 1s, retryOn: 5xx, retryIgnorePreviousHosts: false}"
      })
  void fieldsHaveTheirJsonNameOrTheirProtobufName(String field) {
    var retries = Objects.requireNonNull(Yaml.route(field).retries());

    assertThat(retries.attempts()).isEqualTo(2);
    assertThat(retries.perTryTimeout()).isEqualTo(GoDuration.parse("1s"));
    assertThat(retries.retryOn()).isEqualTo("5xx");
    assertThat(retries.retryIgnorePreviousHosts()).isFalse();
  }

  @Test
  void protobufNamesHoldAtEveryDepth() {
    var rule =
        Yaml.accepted(
            Yaml.object(
                "DestinationRule",
                """
                {host: a, traffic_policy: {outlier_detection: {consecutive_5xx_errors: 3},
                connection_pool: {http: {http2_max_requests: 7}},
                port_level_settings: [{port: {number: 80}, load_balancer: {consistent_hash:
                {use_source_ip: true, minimum_ring_size: '9'}}}]}}"""),
            DestinationRule.class);
    var policy = Objects.requireNonNull(rule.spec().trafficPolicy());
    var outlier = Objects.requireNonNull(policy.outlierDetection());
    var pool = Objects.requireNonNull(policy.connectionPool());
    var balancer = Objects.requireNonNull(policy.portLevelSettings().get(0).loadBalancer());
    var hash = Objects.requireNonNull(balancer.consistentHash());

    assertThat(outlier.consecutive5xxErrors()).isEqualTo(3);
    assertThat(Objects.requireNonNull(pool.http()).http2MaxRequests()).isEqualTo(7);
    assertThat(hash.useSourceIp()).isTrue();
    assertThat(hash.minimumRingSize()).isEqualTo(9);
  }

  @Test
  void namesThatAreNoFieldsStayAsTheyAre() {
    HttpMatch match =
        Yaml.route("match: [{sourceLabels: {a_b: x, aB: y}, headers: {x_y: {exact: z}}}]")
            .match()
            .get(0);

    assertThat(match.sourceLabels()).isEqualTo(Map.of("a_b", "x", "aB", "y"));
    assertThat(match.headers()).containsOnlyKeys("x_y");
  }

  @Test
  void enumsAreReadByNameAndByNumber() {
    for (Resolution resolution : Resolution.values()) {
      assertThat(resolution(resolution.name())).isEqualTo(resolution);
      assertThat(resolution(Integer.toString(resolution.ordinal()))).isEqualTo(resolution);
    }
  }

  private static @Nullable Resolution resolution(String written) {
    String spec = "{hosts: [a.com], endpoints: [{address: a}], resolution: " + written + "}";
    return Yaml.accepted(Yaml.object("ServiceEntry", spec), ServiceEntry.class).spec().resolution();
  }

  @Test
  void theNumbersOfEnumsAreIstios() {
    // Istio API: LoadBalancerSettings.SimpleLB, ClientTLSSettings.TLSmode, ServiceEntry.Location
    assertThat(SimpleBalancer.values())
        .extracting(Enum::name)
        .containsExactly(
            "UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST");
    assertThat(TlsMode.values())
        .extracting(Enum::name)
        .containsExactly("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL");
    assertThat(Location.values())
        .extracting(Enum::name)
        .containsExactly("MESH_EXTERNAL", "MESH_INTERNAL");
    assertThat(Resolution.values())
        .extracting(Enum::name)
        .containsExactly("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "FOO", "''", "4", "-1", "1.5", "'1'", "[SIMPLE]", "true"})
  void anUnknownEnumIsRefusedWithItsConstants(String mode) {
    String text = "{host: a, trafficPolicy: {tls: {mode: %s}}}".formatted(mode);

    assertThat(Yaml.problems(Yaml.object("DestinationRule", text)))
        .startsWith("DestinationRule default/x: spec.trafficPolicy.tls.mode is ")
        .endsWith(" (expected: one of [DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL]) (1:120)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "match: [{uri: {exact: a, prefix: b}}] | match[0].uri.prefix excludes exact | 6:28",
        "match: [{headers: {h: {regex: a, exact: b}}}] | match[0].headers.h.regex excludes exact | 6:26",
        "fault: {abort: {grpcStatus: X, httpStatus: 500}} | fault.abort.grpcStatus excludes httpStatus | 6:19",
        "directResponse: {status: 200}, redirect: {uri: /} | directResponse excludes redirect | 6:3",
        "redirect: {port: 80, derivePort: FROM_REQUEST_PORT} | redirect.derivePort excludes port | 6:24",
        "fault: {delay: {exponentialDelay: 1s, fixedDelay: 1s}} | fault.delay.exponentialDelay excludes fixedDelay | 6:19"
      })
  void twoCasesOfAOneofAreRefused(String field, String message, String place) {
    assertThat(Yaml.problems(Yaml.routeWith(field)))
        .contains(
            "VirtualService bookinfo/reviews: spec.http[0].%s, which is set too (%s)"
                .formatted(message, place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry: {} | retry is not a field that Istio knows; did you mean retries? (6:3)",
        "timeOut: 1s | timeOut is not a field that Istio knows; did you mean timeout? (6:3)",
        "retries: {per_try_timout: 1s} | retries.per_try_timout is not a field that Istio knows; did you mean perTryTimeout? (6:13)",
        "match: [{}, {url: {exact: a}}] | match[1].url is not a field that Istio knows; did you mean uri? (6:16)",
        "nonsense: 1 | nonsense is not a field that Istio knows (6:3)",
        "x: 1 | x is not a field that Istio knows (6:3)"
      })
  void anUnknownFieldIsRefusedAtItsKeyWithTheOneThatWasMeant(String field, String message) {
    assertThat(Yaml.problems(Yaml.routeWith(field)))
        .isEqualTo("VirtualService bookinfo/reviews: spec.http[0]." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retries: {attempts: two} | retries.attempts is \"two\" (expected: a whole number of 32 bits) (6:13)",
        "retries: {attempts: 1.5} | retries.attempts is 1.5 (expected: a whole number of 32 bits) (6:13)",
        "retries: {attempts: 99999999999} | retries.attempts is 99999999999 (expected: a whole number of 32 bits) (6:13)",
        "retries: {attempts: true} | retries.attempts is true (expected: a whole number of 32 bits) (6:13)",
        "retries: [] | retries is [] (expected: an object) (6:3)",
        "retries: x | retries is \"x\" (expected: an object) (6:3)",
        "match: {uri: {exact: a}} | match is {\"uri\":{\"exact\":\"a\"}} (expected: a list) (6:3)",
        "match: [{uri: {exact: 5}}] | match[0].uri.exact is 5 (expected: a text; quotes make one) (6:18)",
        "match: [{ignoreUriCase: 'true'}] | match[0].ignoreUriCase is \"true\" (expected: true or false) (6:12)",
        "match: [{port: 99999999999999999999}] | match[0].port is \"99999999999999999999\" (expected: a whole number) (6:12)",
        "match: [{headers: {x: ~}}] | match[0].headers.x is empty (expected: a value) (6:22)",
        "headers: {request: {set: {a: 1}}} | headers.request.set.a is 1 (expected: a text; quotes make one) (6:29)",
        "headers: {request: {remove: a}} | headers.request.remove is \"a\" (expected: a list) (6:23)",
        "mirrorPercentage: {value: '1'} | mirrorPercentage.value is \"1\" (expected: a number) (6:22)"
      })
  void aValueOfTheWrongTypeIsRefusedWithWhatItIsAndWhatItShouldBe(String field, String message) {
    assertThat(Yaml.problems(Yaml.routeWith(field)))
        .isEqualTo("VirtualService bookinfo/reviews: spec.http[0]." + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "[]", "5", "x"})
  void anObjectWithoutASpecIsRefused(String spec) {
    assertThat(Yaml.problems(Yaml.object("VirtualService", spec)))
        .startsWith("VirtualService default/x: spec is ")
        .endsWith(" (expected: an object) (1:81)");
  }

  @Test
  void nullElementsArePassedOverAndPlacesStayRight() {
    assertThat(Yaml.route("match: [~, {name: a}, ~]").match())
        .extracting(HttpMatch::name)
        .containsOnly("a");
    assertThat(Yaml.problems(Yaml.routeWith("match: [~, {port: 0}]")))
        .endsWith("match[0].port is 0 (expected: 1 to 65535) (6:15)");
  }
}
