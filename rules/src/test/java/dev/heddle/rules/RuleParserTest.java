package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.heddle.rules.destinationrule.SimpleBalancer;
import dev.heddle.rules.destinationrule.TlsMode;
import dev.heddle.rules.serviceentry.Location;
import dev.heddle.rules.serviceentry.Resolution;
import dev.heddle.rules.virtualservice.HttpMatch;
import dev.heddle.rules.virtualservice.HttpRouteRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {

  private static HttpRouteRule route(String field) {
    return Yaml.accepted(Yaml.routeWith(field), VirtualService.class).spec().http().get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1", "v1alpha3"})
  void everyVersionOfIstiosNetworkingGroupIsRead(String version) {
    String text = Yaml.routeWith("name: a").replace(".io/v1", ".io/" + version);

    assertThat(Yaml.parse(text)).isInstanceOf(Parsed.Accepted.class);
  }

  @Test
  void anotherVersionIsRefusedWithTheOnesThatAreRead() {
    assertThat(Yaml.problems(Yaml.routeWith("name: a").replace(".io/v1", ".io/v2")))
        .isEqualTo(
            "VirtualService bookinfo/reviews: apiVersion is networking.istio.io/v2 (expected:"
                + " version [v1, v1beta1, v1alpha3]) (1:1)");
  }

  @Test
  void metadataIsTaken() {
    Rule rule =
        Yaml.accepted(
            """
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata:
              name: vm-1
              labels: {app: reviews}
              annotations: {note: old}
              creationTimestamp: 2026-01-02T03:04:05Z
            spec: {address: 10.0.0.1}""",
            WorkloadEntry.class);

    assertThat(rule.metadata())
        .isEqualTo(
            new Metadata(
                "default",
                "vm-1",
                Map.of("app", "reviews"),
                Map.of("note", "old"),
                "2026-01-02T03:04:05Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "5s, 5000000000",
    "250ms, 250000000",
    "8ms, 8000000",
    "1h30m, 5400000000000",
    "3m, 180000000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1h1m1s1ms, 3661001000000",
    "1500us, 1500000",
    "1500µs, 1500000",
    "1500μs, 1500000",
    "2000000ns, 2000000",
    "0, 0",
    "0s, 0",
    "8760h, 31536000000000000"
  })
  void durationsAreReadAsGoReadsThem(String text, long nanos) {
    GoDuration timeout = Objects.requireNonNull(route("timeout: '" + text + "'").timeout());

    assertThat(timeout.nanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'5'",
        "5",
        "5 s",
        "-5s",
        "5x",
        "s",
        "1h 30m",
        "8761h",
        "1e3s",
        "PT5S",
        "[5s]",
        "{a: b}",
        "true",
        "9999999999999999999999h"
      })
  void whatIsNoDurationIsRefusedWithTheFormThatIs(String text) {
    assertThat(Yaml.problems(Yaml.routeWith("timeout: " + text)))
        .startsWith("VirtualService bookinfo/reviews: spec.http[0].timeout is ")
        .endsWith(" (expected: a duration like 5s, 250ms or 1h30m, at most 8760h) (6:3)");
  }

  @Test
  void aDurationIsWrittenAsItIsRead() {
    assertThat(GoDuration.parse("1h0.25s").text()).isEqualTo("3600.25s");
    assertThat(GoDuration.parse(GoDuration.parse("90m").text())).isEqualTo(GoDuration.parse("90m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx, retryIgnorePreviousHosts: false}",
        "retries: {attempts: 2, per_try_timeout: 1s, retry_on: 5xx, retry_ignore_previous_hosts: false}",
        "retries: {attempts: '2', per_try_timeout: 1s, retryOn: 5xx, retryIgnorePreviousHosts: false}"
      })
  void fieldsHaveTheirJsonNameOrTheirProtobufName(String field) {
    var retries = Objects.requireNonNull(route(field).retries());

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
        route("match: [{sourceLabels: {a_b: x, aB: y}, headers: {x_y: {exact: z}}}]")
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
        "match: [{headers: {x: ~}}] | match[0].headers.x is null (expected: a value) (6:22)",
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
    assertThat(route("match: [~, {name: a}, ~]").match())
        .extracting(HttpMatch::name)
        .containsOnly("a");
    assertThat(Yaml.problems(Yaml.routeWith("match: [~, {port: 0}]")))
        .endsWith("match[0].port is 0 (expected: 1 to 65535) (6:15)");
  }

  @Test
  void aFieldThatIsThereTwiceRefusesThatObjectOnly() {
    String twice = Yaml.routeWith("name: a,\n  name: b");
    List<Parsed> objects = new RuleParser().parse(twice + "\n---\n" + Yaml.routeWith("name: c"));

    assertThat(objects).hasSize(2);
    assertThat(objects.get(0))
        .isEqualTo(
            new Parsed.Refused(
                "VirtualService",
                "bookinfo",
                "reviews",
                List.of(
                    new RuleProblem(
                        "VirtualService",
                        "bookinfo",
                        "reviews",
                        "",
                        7,
                        3,
                        "field name is there twice"))));
    assertThat(objects.get(1)).isInstanceOf(Parsed.Accepted.class);
  }

  @Test
  void whatIsNoYamlIsRefusedAsAWholeWithItsPlace() {
    List<Parsed> objects = new RuleParser().parse(Yaml.routeWith("name: a") + "\n---\na: [");

    assertThat(objects).hasSize(1);
    assertThat(Yaml.problems(Yaml.routeWith("name: a") + "\n---\na: ["))
        .startsWith("not YAML: ")
        .contains("(8:5)");
  }

  @Test
  void objectsOfOtherKindsAreHandedOnAsTheyAre() {
    List<Parsed> objects =
        new RuleParser()
            .parse(
                """
                # nothing
                ---
                ---
                {apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}, spec: {x: 1, y: 5000000000}}
                """);

    assertThat(objects).hasSize(1);
    Parsed.Foreign service = (Parsed.Foreign) objects.get(0);
    assertThat(service.kind()).isEqualTo("Service");
    assertThat(service.metadata().namespace()).isEqualTo("b");
    assertThat(service.tree().at("/spec/x")).isEqualTo(IntNode.valueOf(1));
    assertThat(service.tree().at("/spec/y")).isEqualTo(LongNode.valueOf(5_000_000_000L));
    assertThat(service.line()).isEqualTo(4);
  }

  @Test
  void theItemsOfAListAreObjectsWithTheirPlaces() {
    String text =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: a}, spec: {address: b}}
        - {apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: c}, spec: {adress: b}}
        """;
    List<Parsed> objects = new RuleParser().parse(text);

    assertThat(objects.get(0)).isInstanceOf(Parsed.Accepted.class);
    assertThat(((Parsed.Refused) objects.get(1)).problems().toString())
        .contains("WorkloadEntry default/c: spec.adress is not a field")
        .contains("did you mean address? (5:89)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: Reviews | metadata.name is \"Reviews\" (expected: a-z, 0-9, - and ., at most 253) (3:12)",
        "name: \"a\\nb\" | metadata.name is \"a\\u000ab\" (expected: a-z, 0-9, - and ., at most 253) (3:12)",
        "name: a, namespace: a.b | metadata.namespace is \"a.b\" (expected: a-z, 0-9 and -, at most 63) (3:21)",
        "namespace: a | metadata.name is empty (expected: the object's name) (3:1)"
      })
  void namesAreThoseThatKubernetesTakes(String metadata, String problem) {
    String text = Yaml.routeWith("name: a").replace("name: reviews, namespace: bookinfo", metadata);

    assertThat(Yaml.problems(text)).endsWith(problem);
  }

  @Test
  void aTextFromTheFileCannotForgeALineOfTheLog() {
    String text =
        "{apiVersion: networking.istio.io/v1, kind: \"X\\nerror: all is lost\\u2028\", metadata: {name: a}}";

    assertThat(Yaml.problems(text)).doesNotContain("\n").contains("X\\u000aerror");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "corsPolicy: {maxAge: 1s} | spec.http[0].corsPolicy is not supported yet (6:3)",
        "delegate: {name: x} | spec.http[0].delegate is not supported yet (6:3)",
        "match: [{statPrefix: x}] | spec.http[0].match[0].statPrefix is not supported yet (6:12)",
        "fault: {abort: {http2Error: X}} | spec.http[0].fault.abort.http2Error is not supported yet (6:19)"
      })
  void aFieldThatIsNotHonouredYetIsNamed(String field, String warning) {
    assertThat(Yaml.warnings(Yaml.routeWith(field)))
        .isEqualTo("VirtualService bookinfo/reviews: " + warning);
  }

  @Test
  void aConstantThatIsNotHonouredYetIsNamed() {
    String spec = "{host: a, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}";

    assertThat(Yaml.warnings(Yaml.object("DestinationRule", spec)))
        .startsWith("DestinationRule default/x: spec.trafficPolicy.tls.mode")
        .contains("ISTIO_MUTUAL is not supported yet");
  }

  @Test
  void aFieldThatIsNotHonouredAndNotSetIsNotNamed() {
    assertThat(Yaml.warnings(Yaml.routeWith("corsPolicy: {}, delegate: ~"))).isEmpty();
  }

  @Test
  void ofManyProblemsTheFirstAreToldAndTheNumberOfTheOthers() {
    String route = "{route: [{destination: {host: a}}], corsPolicy: {a: b}},";
    String text =
        Yaml.object("VirtualService", "{hosts: [a], http: [%s]}".formatted(route.repeat(60)));

    assertThat(Yaml.warnings(text).lines())
        .hasSize(ObjectReport.MAX_PROBLEMS + 1)
        .last()
        .asString()
        .contains("has 10 problems more");
  }

  @Test
  void anchorsAndAliasesAreRead() {
    String text = Yaml.routeWith("name: &n a, match: [{name: *n}, &m {name: b}, *m]");

    assertThat(Yaml.accepted(text, VirtualService.class).spec().http().get(0).match())
        .extracting(HttpMatch::name)
        .containsExactly("a", "b", "b");
  }
}
