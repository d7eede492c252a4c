package dev.heddle.e2e;

import static dev.heddle.e2e.Scenario.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.util.List;

/** Where names lead: kinds of services, namespaces, visibility, policies of a port or a subset. */
final class HostScenarios {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  private HostScenarios() {}

  static List<Scenario> all() {
    return List.of(
        http(
                "a Kubernetes service leads to its pods and its subsets to their labels",
                """
                - match: [{uri: {prefix: /v2}}]
                  route: [{destination: {host: "${host}-pods", subset: v2}}]
                - route: [{destination: {host: "${host}-pods", subset: v3}}]
                """,
                stage -> {
                  assertThat(stage.get("/v2").word()).isEqualTo("v2");
                  assertThat(stage.get("/").word()).isEqualTo("v3");
                  Answer direct = stage.call("GET", "http://" + stage.host() + "-pods/", null);
                  assertThat(direct.word()).isIn("v2", "v3");
                })
            .with(KUBERNETES),
        http(
                "a service entry selects workload entries by their labels",
                "- route: [{destination: {host: \"${host}-workloads\"}}]\n",
                stage -> assertThat(stage.get("/").word()).isEqualTo("v3"))
            .with(
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: "${host}-workloads"}
                spec:
                  hosts: ["${host}-workloads.default.svc.cluster.local"]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 9080, name: http, protocol: HTTP}]
                  workloadSelector: {labels: {app: "${host}"}}
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: "${host}-selected"}
                spec: {address: ${address}, ports: {http: ${v3}}, labels: {app: "${host}"}}
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: "${host}-other"}
                spec: {address: ${address}, ports: {http: ${v2}}, labels: {app: "not-${host}"}}
                """),
        http(
                "a call to an address of a service is a call to the service",
                TO_V1,
                stage -> {
                  Answer answer =
                      stage.call("GET", "http://" + stage.value("idle") + ":9080/a", null);
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v3");
                })
            .with(
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: "${host}-addressed"}
                spec:
                  hosts: ["${host}-addressed.example.com"]
                  addresses: ["${idle}"]
                  resolution: STATIC
                  ports: [{number: 9080, name: http, protocol: HTTP}]
                  endpoints: [{address: ${address}, ports: {http: ${v3}}}]
                """),
        http(
                "services of one name in two namespaces are two services",
                TO_V1,
                stage -> {
                  String other = "http://" + stage.host() + ".other";
                  assertThat(stage.get("/").word()).isEqualTo("v1");
                  assertThat(stage.call("GET", other + ":9080/", null).word()).isEqualTo("v3");
                  assertThat(stage.call("GET", other + ".svc.cluster.local:9080/", null).word())
                      .isEqualTo("v3");
                })
            .with(entry("${host}.other.svc.cluster.local", "*")),
        http(
                "a service that its namespace keeps to itself is unknown elsewhere",
                TO_V1,
                stage -> {
                  String hidden = "http://" + stage.host() + "-hidden.invalid:9080/";
                  assertThat(stage.call("GET", hidden, null).error())
                      .isIn(
                          "java.net.ConnectException",
                          "java.net.UnknownHostException",
                          "curl: (6)");
                })
            .with(entry("${host}-hidden.invalid", ".")),
        http(
                "a port and a subset have load balancers of their own",
                """
                - match: [{uri: {prefix: /subset}}]
                  route: [{destination: {host: "${host}-own", subset: all, port: {number: 9080}}}]
                - match: [{uri: {prefix: /port}}]
                  route: [{destination: {host: "${host}-own", port: {number: 9081}}}]
                - route: [{destination: {host: "${host}-own", port: {number: 9080}}}]
                """,
                stage -> {
                  assertThat(stage.many(9, "/", "x-user", "ann").answers()).hasSize(1);
                  assertThat(stage.many(9, "/port", "x-user", "ann").answers()).hasSize(3);
                  assertThat(stage.many(9, "/subset", "x-user", "ann").answers()).hasSize(3);
                })
            .with(OWN_BALANCERS),
        http(
            "a host that is found by DNS and by no rule is called as without a mesh",
            TO_V1,
            stage -> {
              String url = direct(stage, "v2") + "/a?b=c";
              Answer answer = stage.call("GET", url, null);
              assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
              assertThat(answer.uri()).isEqualTo(url);
            }),
        http(
                "a service without endpoints of its own is called where its name leads",
                TO_V1,
                stage -> {
                  Answer answer = stage.call("GET", direct(stage, "v2") + "/a", null);
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
                  assertThat(Stage.received(answer).header("x-set")).isEqualTo("route");
                  assertThat(stage.call("GET", direct(stage, "v3") + "/a", null).word())
                      .isEqualTo("v3");
                })
            .with(direct("resolution: NONE", "")),
        http(
                "a service of a DNS name without endpoints is called where its name leads",
                TO_V1,
                stage -> {
                  Answer answer = stage.call("GET", direct(stage, "v2") + "/a", null);
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
                  assertThat(Stage.received(answer).header("x-set")).isEqualTo("route");
                })
            .with(direct("resolution: DNS", "")),
        http(
                "a load balancer that passes through goes where the name leads",
                TO_V1,
                stage -> {
                  Answer answer = stage.call("GET", direct(stage, "v2") + "/a", null);
                  assertThat(answer.word()).as(answer.toString()).isEqualTo("v2");
                  assertThat(Stage.received(answer).header("x-set")).isEqualTo("route");
                })
            .with(
                direct(
                    "resolution: NONE",
                    """
                    ---
                    apiVersion: networking.istio.io/v1
                    kind: DestinationRule
                    metadata: {name: "${host}-direct"}
                    spec:
                      host: "${host}.direct.example.com"
                      trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}
                    """)));
  }

  private static String direct(Stage stage, String version) {
    return "http://" + stage.host() + ".direct.example.com:" + stage.value(version);
  }

  /** A service that DNS knows, at the ports of v2 and v3, with a route that leaves its mark. */
  private static String direct(String resolution, String more) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: "${host}-direct"}
        spec:
          hosts: ["${host}.direct.example.com"]
          location: MESH_EXTERNAL
          %s
          ports:
          - {number: ${v2}, name: http, protocol: HTTP}
          - {number: ${v3}, name: http-other, protocol: HTTP}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: "${host}-direct"}
        spec:
          hosts: ["${host}.direct.example.com"]
          http:
          - headers: {request: {set: {x-set: route}}}
            route: [{destination: {host: "${host}.direct.example.com"}}]
        """
            .formatted(resolution)
        + more;
  }

  private static final String KUBERNETES =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: "${host}-pods", namespace: default}
      spec:
        selector: {app: "${host}"}
        ports: [{name: http, port: 80, targetPort: 8080}, {name: http-main, port: 9080, targetPort: http}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: "${host}-pods-2", namespace: default, labels: {kubernetes.io/service-name: "${host}-pods"}}
      addressType: IPv4
      ports: [{name: http, port: ${v2}, protocol: TCP}, {name: http-main, port: ${v2}, protocol: TCP}]
      endpoints:
      - {addresses: [${address}], conditions: {ready: true}, targetRef: {kind: Pod, name: "${host}-2", namespace: default}}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: "${host}-pods-3", namespace: default, labels: {kubernetes.io/service-name: "${host}-pods"}}
      addressType: IPv4
      ports: [{name: http, port: ${v3}, protocol: TCP}, {name: http-main, port: ${v3}, protocol: TCP}]
      endpoints:
      - {addresses: [${address}], conditions: {ready: true}, targetRef: {kind: Pod, name: "${host}-3", namespace: default}}
      - {addresses: [127.0.0.2], conditions: {ready: false}, targetRef: {kind: Pod, name: "${host}-2", namespace: default}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: "${host}-2", namespace: default, labels: {app: "${host}", version: v2}}
      spec: {containers: [{name: app, image: app}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: "${host}-3", namespace: default, labels: {app: "${host}", version: v3}}
      spec: {containers: [{name: app, image: app}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: "${host}-pods"}
      spec:
        host: "${host}-pods"
        subsets:
        - {name: v2, labels: {version: v2}}
        - {name: v3, labels: {version: v3}}
      """;

  private static final String OWN_BALANCERS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: "${host}-own"}
      spec:
        hosts: ["${host}-own.default.svc.cluster.local"]
        location: MESH_INTERNAL
        resolution: STATIC
        ports:
        - {number: 9080, name: http, protocol: HTTP}
        - {number: 9081, name: http-other, protocol: HTTP}
        endpoints:
        - {address: ${address}, ports: {http: ${v1}, http-other: ${v1}}, labels: {group: all}}
        - {address: ${address}, ports: {http: ${v2}, http-other: ${v2}}, labels: {group: all}}
        - {address: ${address}, ports: {http: ${v3}, http-other: ${v3}}, labels: {group: all}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: "${host}-own"}
      spec:
        host: "${host}-own"
        trafficPolicy:
          loadBalancer: {consistentHash: {httpHeaderName: x-user}}
          portLevelSettings:
          - {port: {number: 9081}, loadBalancer: {simple: ROUND_ROBIN}}
        subsets:
        - {name: all, labels: {group: all}, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
      """;

  /** A service of the namespace "other" that answers v3. */
  private static String entry(String name, String exportTo) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: "${host}-elsewhere", namespace: other}
        spec:
          hosts: ["%s"]
          exportTo: ["%s"]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{number: 9080, name: http, protocol: HTTP}]
          endpoints: [{address: ${address}, ports: {http: ${v3}}}]
        """
        .formatted(name, exportTo);
  }
}
