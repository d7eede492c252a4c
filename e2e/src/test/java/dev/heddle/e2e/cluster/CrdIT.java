package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code k8s/crds} on a real API server: what it keeps, what it refuses, what kubectl shows. */
@ClusterTest
class CrdIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CRDS = System.getProperty("heddle.home") + "/k8s/crds";

  @BeforeAll
  static void applyThem(Cluster cluster) {
    cluster.kubectl("apply", "--server-side", "-k", CRDS);
    cluster.kubectl(
        "wait", "--for=condition=Established", "crd", "-l", "app.kubernetes.io/part-of=heddle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorizationpolicies.security.istio.io",
        "destinationrules.networking.istio.io",
        "gateways.networking.istio.io",
        "peerauthentications.security.istio.io",
        "requestauthentications.security.istio.io",
        "serviceentries.networking.istio.io",
        "sidecars.networking.istio.io",
        "telemetries.telemetry.istio.io",
        "virtualservices.networking.istio.io",
        "workloadentries.networking.istio.io"
      })
  void everyFieldComesBackAsItWasWrittenInEachVersion(String name, Cluster cluster)
      throws Exception {
    JsonNode crd = JSON.readTree(cluster.kubectl("get", "crd", name, "-o", "json"));
    JsonNode stored = crd.at("/spec/versions/0");
    List<JsonNode> specs = SchemaObjects.of(stored.at("/schema/openAPIV3Schema/properties/spec"));

    cluster.ask(JSON.writeValueAsString(objects(crd, specs)));

    Map<String, JsonNode> written = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      written.put("o" + i, JSON.readTree(specs.get(i).toString()));
    }
    for (JsonNode version : crd.at("/spec/versions")) {
      assertThat(read(cluster, crd, version.path("name").asText())).isEqualTo(written);
    }
  }

  private static ObjectNode objects(JsonNode crd, List<JsonNode> specs) {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = list.putArray("items");
    for (int i = 0; i < specs.size(); i++) {
      ObjectNode object = items.addObject();
      String version = crd.at("/spec/versions/0/name").asText();
      object.put("apiVersion", crd.at("/spec/group").asText() + "/" + version);
      object.put("kind", crd.at("/spec/names/kind").asText());
      object.putObject("metadata").put("name", "o" + i);
      object.set("spec", specs.get(i));
    }
    return list;
  }

  private static Map<String, JsonNode> read(Cluster cluster, JsonNode crd, String version)
      throws Exception {
    String resource =
        crd.at("/spec/names/plural").asText()
            + "."
            + version
            + "."
            + crd.at("/spec/group").asText();
    Map<String, JsonNode> specs = new HashMap<>();
    for (JsonNode object :
        JSON.readTree(cluster.kubectl("get", resource, "-o", "json")).path("items")) {
      specs.put(object.at("/metadata/name").asText(), object.path("spec"));
    }
    return specs;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VirtualService | {http: [{timeout: 0s}]} | must be a duration of at least 1ms",
        "VirtualService | {http: [{timeout: soon}]} | spec.http[0].timeout",
        "VirtualService | {http: [{match: [{uri: {exact: a, prefix: b}}]}]} | spec.http[0].match[0].uri",
        "VirtualService | {http: [{redirect: {uri: /}, directResponse: {status: 200}}]} | spec.http[0]",
        "VirtualService | {http: [{retry: {attempts: 1}}]} | unknown field \"spec.http[0].retry\"",
        "VirtualService | {http: [{route: [{weight: 1}]}]} | spec.http[0].route[0].destination: Required",
        "VirtualService | {http: [{match: [{port: 4294967296}]}]} | should be less than or equal to 4294967295",
        "VirtualService | {http: [{corsPolicy: {maxAge: 1us}}]} | must be a duration of at least 1ms",
        "DestinationRule | {} | spec.host: Required",
        "DestinationRule | {host: a, trafficPolicy: {loadBalancer: {simple: FASTEST}}} | Unsupported value: \"FASTEST\"",
        "DestinationRule | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: a, useSourceIp: true}}}} | consistentHash",
        "DestinationRule | {host: a, trafficPolicy: {outlierDetection: {outlierDetectionHttpErrorCodes: [99]}}} | should be greater than or equal to 100",
        "ServiceEntry | {hosts: []} | should have at least 1 items",
        "ServiceEntry | {hosts: ['*']} | hostname cannot be wildcard",
        "ServiceEntry | {hosts: [a], ports: [{number: 70000, name: a}]} | port must be between 1-65535",
        "ServiceEntry | {hosts: [a], ports: [{number: 80, name: a}, {number: 81, name: a}]} | Duplicate value",
        "ServiceEntry | {hosts: [a], endpoints: [{address: b}]} | resolution NONE has no endpoints",
        "WorkloadEntry | {labels: {a: b}} | address is required",
        "Gateway | {servers: [{port: {number: 80, name: a}, hosts: [a]}]} | spec.servers[0].port.protocol: Required",
        "Sidecar | {egress: [{bind: 10.0.0.1}]} | spec.egress[0].hosts: Required",
        "PeerAuthentication | {portLevelMtls: {'8080': {mode: STRICT}}} | portLevelMtls requires selector",
        "AuthorizationPolicy | {selector: {matchLabels: {app: 'a*'}}} | wildcard not allowed in label value match",
        "AuthorizationPolicy | {rules: [{when: [{values: [a]}]}]} | spec.rules[0].when[0].key: Required",
        "RequestAuthentication | {jwtRules: [{issuer: a, jwksUri: 'ftp://keys'}]} | url must have scheme http:// or https://",
        "RequestAuthentication | {jwtRules: [{issuer: a, audiences: ['']}]} | should be at least 1 chars long",
        "Telemetry | {tracing: [{randomSamplingPercentage: 101}]} | should be less than or equal to 100"
      })
  void whatIsNoSuchObjectIsRefusedWithItsField(
      String kind, String spec, String message, Cluster cluster) {
    String group =
        switch (kind.strip()) {
          case "PeerAuthentication", "AuthorizationPolicy", "RequestAuthentication" -> "security";
          case "Telemetry" -> "telemetry";
          default -> "networking";
        };

    Command.Result result =
        cluster.tryApply(
            """
            apiVersion: %s.istio.io/v1
            kind: %s
            metadata: {name: wrong}
            spec: %s
            """
                .formatted(group, kind.strip(), spec.strip()));

    assertThat(result.exit()).isNotZero();
    assertThat(result.error()).contains(message.strip());
  }

  @Test
  void shortNamesAndColumnsAreIstios(Cluster cluster) {
    cluster.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec: {hosts: [reviews.shop], gateways: [mesh]}
        """);

    assertThat(cluster.kubectl("get", "vs").lines().toList())
        .satisfiesExactly(
            head ->
                assertThat(head.split(" +")).containsExactly("NAME", "GATEWAYS", "HOSTS", "AGE"),
            row -> assertThat(row).contains("reviews", "[\"mesh\"]", "[\"reviews.shop\"]"));
    cluster.kubectl("get", "dr,gw,se,we,ra,pa,ap,telemetry,sidecar");
  }

  @Test
  void kubectlExplainsAField(Cluster cluster) {
    assertThat(cluster.kubectl("explain", "virtualservice.spec.http.retries"))
        .contains("What is tried again", "perTryTimeout", "How long one try may take.");
  }
}
