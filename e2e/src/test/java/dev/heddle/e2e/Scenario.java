package dev.heddle.e2e;

import java.util.HashMap;
import java.util.Map;

/**
 * What a rule must do, whichever client makes the call.
 *
 * @param name a sentence
 * @param rules YAML documents; {@code ${host}} is the scenario's own service
 * @param gaps what keeps clients, by name, from it today
 * @param check makes calls and looks
 */
public record Scenario(String name, String rules, Map<String, String> gaps, Check check) {

  /** Makes calls and looks. */
  public interface Check {
    void run(Stage stage) throws Exception;
  }

  /** Where servers are unless values say so. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final String SUBSETS =
      """
        subsets:
        - {name: v1, labels: {version: v1}}
        - {name: v2, labels: {version: v2}}
        - {name: v3, labels: {version: v3}}
        - {name: dead, labels: {version: dead}}
      """;

  /** A scenario with these {@code http:} routes. */
  public static Scenario http(String name, String http, Check check) {
    return of(name, http, "", check);
  }

  /** A scenario with these {@code http:} routes and this {@code trafficPolicy:}. */
  static Scenario of(String name, String http, String trafficPolicy, Check check) {
    return new Scenario(
        name, virtualService(http) + destinationRule(trafficPolicy), Map.of(), check);
  }

  /** A scenario without a VirtualService. */
  static Scenario policy(String name, String trafficPolicy, Check check) {
    return new Scenario(name, destinationRule(trafficPolicy), Map.of(), check);
  }

  /** This scenario with more documents. */
  Scenario with(String documents) {
    return new Scenario(name, rules + "---\n" + documents, gaps, check);
  }

  /** Of no meaning for these clients: reported as skipped, with the reason. */
  Scenario notFor(String reason, String... clients) {
    return notYet(reason, clients);
  }

  /** Known not to hold for these clients yet: reported as skipped, with the reason. */
  Scenario notYet(String reason, String... clients) {
    Map<String, String> all = new HashMap<>(gaps);
    for (String client : clients) {
      all.put(client, reason);
    }
    return new Scenario(name, rules, all, check);
  }

  private static String virtualService(String http) {
    return """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: "${host}"}
        spec:
          hosts: ["${host}"]
          http:
        """
        + http.indent(2);
  }

  private static String destinationRule(String trafficPolicy) {
    return """
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: "${host}"}
        spec:
          host: "${host}"
        """
        + SUBSETS
        + (trafficPolicy.isEmpty() ? "" : "  trafficPolicy:\n" + trafficPolicy.indent(4));
  }

  /** Its documents for a host whose instances listen on these ports; values fill other places. */
  public String documents(String host, Map<String, Integer> ports, Map<String, String> values) {
    StringBuilder entry =
        new StringBuilder(
            """
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: "${host}"}
            spec:
              hosts: ["${host}.default.svc.cluster.local"]
              location: MESH_INTERNAL
              resolution: STATIC
              ports:
              - {number: 9080, name: http, protocol: HTTP}
              - {number: 9081, name: http-other, protocol: HTTP}
              endpoints:
            """);
    ports.forEach(
        (version, port) ->
            entry.append(
                "  - {address: ${address}, ports: {http: %d, http-other: %d}, labels: {version: %s}}%n"
                    .formatted(port, port, version)));
    String text = entry + rules;
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      text = text.replace("${" + port.getKey() + "}", port.getValue().toString());
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text.replace("${address}", LOOPBACK).replace("${host}", host);
  }
}
