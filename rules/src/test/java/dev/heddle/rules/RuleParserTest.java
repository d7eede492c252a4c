package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.heddle.rules.virtualservice.HttpMatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "networking | Gateway | {servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]} | servers",
        "networking | Sidecar | {egress: [{hosts: [./*]}]} | egress",
        "telemetry | Telemetry | {tracing: [{customTags: {a: {literal: {value: b}}}}]} | tracing"
      })
  void aKindThatIsReadAndNotHonouredYetIsNamedByTheFieldsThatAreSet(
      String group, String kind, String spec, String field) {
    String text = Yaml.object(kind, spec).replace("networking", group);

    assertThat(Yaml.warnings(text))
        .startsWith(kind + " default/x: spec." + field + " is not supported yet")
        .doesNotContain("\n");
  }

  @Test
  void aOneofBelowAFieldThatIsNotHonouredYetIsCheckedAllTheSame() {
    assertThat(Yaml.problems(Yaml.routeWith("corsPolicy: {allowOrigins: [{exact: a, regex: b}]}")))
        .contains("corsPolicy.allowOrigins[0].regex excludes exact, which is set too");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EnvoyFilter", "ProxyConfig", "WorkloadGroup"})
  void aKindOfIstiosThatIsNotReadIsRefused(String kind) {
    assertThat(Yaml.problems(Yaml.object(kind, "{}")))
        .contains("kind is " + kind + ", which is not supported yet");
  }

  @Test
  void aConstantThatIsNotHonouredYetIsNamed() {
    String spec = "{action: CUSTOM, provider: {name: opa}, rules: [{}]}";

    assertThat(Yaml.warnings(Yaml.security("AuthorizationPolicy", spec)))
        .startsWith("AuthorizationPolicy default/x: spec.action")
        .contains("CUSTOM is not supported yet");
  }

  @Test
  void aFieldThatIsNotHonouredAndNotSetIsNotNamed() {
    assertThat(Yaml.warnings(Yaml.routeWith("corsPolicy: {}, delegate: ~"))).isEmpty();
  }

  @Test
  void ofManyProblemsTheFirstAreToldAndTheNumberOfTheOthers() {
    String route = "{route: [{destination: {host: a}}], corsPolicy: {maxAge: 1s}},";
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
