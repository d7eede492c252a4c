package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import dev.heddle.e2e.node.Caller.Callee;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One mesh: a JVM with the agent and pods behind the daemons of two nodes call each other, STRICT,
 * each as itself, by the same rules.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
final class MeshIT {

  private static final String NODE_2 = "node-2";
  private static final Callee REVIEWS = new Callee("reviews", "10.96.0.10");
  private static final Callee WEB = new Callee("web", "10.96.0.11");
  private static final Callee SHAKY = new Callee("shaky", "10.96.0.12");

  /** Whom policies let in, by their accounts. */
  private final Map<String, Caller> callers = new LinkedHashMap<>();

  private final List<Pod> servers = new ArrayList<>();
  private NodeStage stage;
  private NodeDaemon first;
  private NodeDaemon second;
  private Caller stranger;
  private Pod outsider;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stage = new NodeStage(directory);
    first = stage.daemon();
    second = stage.daemonOf(NODE_2, List.of());
    stage.write("strict", rule("PeerAuthentication", "strict", "mtls: {mode: STRICT}"));
    allow("reviews", "web", "client", "far");
    allow("web", "client", "far");
    stage.write(
        "subsets",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews, namespace: shop}
        spec:
          host: reviews
          subsets:
          - {name: v1, labels: {version: v1}}
          - {name: v2, labels: {version: v2}}
        """);
    for (Callee callee : List.of(REVIEWS, WEB, SHAKY)) {
      stage.service(callee.host(), callee.address(), Callee.PORT, "http");
    }
    Pod web = stage.pod("web", "v1");
    Pod reviews = stage.captured("reviews", "v1");
    Pod otherReviews = stage.capturedOn(NODE_2, "reviews", "v2");
    servers.addAll(List.of(web, reviews, otherReviews));
    reviews.serve(Callee.PORT);
    otherReviews.serve(Callee.PORT);
    callers.put("web", Caller.jvm(stage.jvm(web, "web", Callee.PORT)));
    callers.put("client", Caller.captured(stage.captured("client", "v1")));
    callers.put("far", Caller.captured(stage.capturedOn(NODE_2, "far", "v1")));
    stranger = Caller.captured(stage.capturedOn(NODE_2, "stranger", "v1"));
    outsider = stage.pod("outsider", "v1");
  }

  @AfterAll
  void end() throws Exception {
    stage.close();
  }

  private static String rule(String kind, String name, String spec) {
    return """
    apiVersion: security.istio.io/v1
    kind: %s
    metadata: {name: %s, namespace: shop}
    spec:
    %s
    """
        .formatted(kind, name, spec.indent(2));
  }

  /** What holds for calls to a service, as its VirtualService has it below http. */
  private void routes(Callee callee, String http) throws Exception {
    stage.write(
        "routes-" + callee.host(),
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: shop}
        spec:
          hosts: [%s]
          http:
        %s
        """
            .formatted(callee.host(), callee.host(), http.indent(2)));
  }

  @Test
  void everybodyIsCalledByMeshTlsAsTheOneThatCalls() throws Exception {
    for (String version : List.of("v1", "v2")) {
      routes(REVIEWS, "- route: [{destination: {host: reviews, subset: %s}}]".formatted(version));
      for (String account : callers.keySet()) {
        Caller caller = caller(account);
        String answer =
            NodeStage.until("reviews-" + version, () -> caller.call(REVIEWS, "/reviews/7"));
        assertThat(answer)
            .startsWith("200 ")
            .contains("URI=spiffe://cluster.local/ns/shop/sa/" + account);
      }
    }
    for (String account : List.of("client", "far")) {
      NodeStage.until("200 {\"server\": \"web-v1\"", () -> caller(account).call(WEB, "/"));
    }
    for (NodeDaemon daemon : List.of(first, second)) {
      assertThat(daemon.page("metrics", "/metrics"))
          .containsPattern("heddle_node_inbound_total\\{event=\"mesh_connection\"} [1-9]")
          .contains("heddle_node_inbound_total{event=\"plain_connection\"} 0");
    }
  }

  @Test
  void whoHasNoIdentityIsLetInNowhere() throws Exception {
    for (Pod server : servers) {
      NodeStage.until("curl: (", () -> outsider.curl("http://" + server.address() + ":9080/"));
    }
  }

  @Test
  void policiesKnowCallersByTheirPrincipals() throws Exception {
    routes(REVIEWS, "- route: [{destination: {host: reviews}}]");
    for (Caller caller : callers.values()) {
      NodeStage.until("200 ", () -> caller.call(REVIEWS, "/open"));
      NodeStage.until("403 ", () -> caller.call(REVIEWS, "/closed"));
    }
    for (String account : List.of("client", "far")) {
      NodeStage.until("200 ", () -> caller(account).call(WEB, "/open"));
      NodeStage.until("403 ", () -> caller(account).call(WEB, "/closed"));
    }
    for (Callee callee : List.of(REVIEWS, WEB)) {
      assertThat(stranger.call(callee, "/open")).as(callee.host()).matches("(403|503) (?s).*");
    }
  }

  private void allow(String app, String... accounts) throws Exception {
    String principals =
        "cluster.local/ns/shop/sa/" + String.join(", cluster.local/ns/shop/sa/", accounts);
    stage.write(
        "allow-" + app,
        rule(
            "AuthorizationPolicy",
            app,
            """
            selector: {matchLabels: {app: %s}}
            action: ALLOW
            rules:
            - from: [{source: {principals: [%s]}}]
              to: [{operation: {notPaths: [/closed]}}]
            """
                .formatted(app, principals)));
  }

  @Test
  void aRuleMeansTheSameToEveryCaller() throws Exception {
    routes(
        REVIEWS,
        """
        - match: [{headers: {end-user: {exact: tester}}}]
          route: [{destination: {host: reviews, subset: v2}}]
        - match: [{uri: {prefix: /broken}}]
          fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
          route: [{destination: {host: reviews}}]
        - match: [{uri: {prefix: /half}}]
          route:
          - {destination: {host: reviews, subset: v1}, weight: 50}
          - {destination: {host: reviews, subset: v2}, weight: 50}
        - route: [{destination: {host: reviews, subset: v1}}]
        """);
    for (Caller caller : callers.values()) {
      NodeStage.until("418 ", () -> caller.call(REVIEWS, "/broken"));
      assertThat(caller.call(REVIEWS, "/", "end-user:tester")).contains("reviews-v2");
      assertThat(caller.call(REVIEWS, "/", "end-user:other")).contains("reviews-v1");
      NodeStage.until("reviews-v1", () -> caller.call(REVIEWS, "/half"));
      NodeStage.until("reviews-v2", () -> caller.call(REVIEWS, "/half"));
    }
  }

  @Test
  void retriesGoAroundAnInstanceThatIsNotThere() throws Exception {
    stage.pod("shaky", "gone"); // its app does not run
    stage.captured("shaky", "live").serve(Callee.PORT);
    String route = "- route: [{destination: {host: shaky}}]\n  retries: {attempts: %d}";
    for (Caller caller : callers.values()) {
      routes(SHAKY, route.formatted(0));
      Await.until("a call fails", () -> !answers(caller, 1));
      routes(SHAKY, route.formatted(3));
      Await.until("no call fails", () -> answers(caller, 20));
    }
  }

  private static boolean answers(Caller caller, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      if (!caller.call(SHAKY, "/").startsWith("200 ")) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aDaemonHasThePodsOfItsNodeAlone() throws Exception {
    assertThat(first.page("admin", "/pods"))
        .contains("shop/reviews-v1", "shop/client-v1")
        .doesNotContain("reviews-v2", "far", "stranger");
    assertThat(second.page("admin", "/pods"))
        .contains("shop/reviews-v2", "shop/far-v1", "shop/stranger-v1")
        .doesNotContain("reviews-v1", "client");
  }

  private Caller caller(String account) {
    return Objects.requireNonNull(callers.get(account));
  }
}
