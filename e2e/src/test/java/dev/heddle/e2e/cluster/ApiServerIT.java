package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.Await;
import org.junit.jupiter.api.Test;

/** What Heddle expects of an API server, and what tests of this level can make it do. */
@ClusterTest
class ApiServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void itAnswersWithItsVersion(Cluster cluster) throws Exception {
    JsonNode version = JSON.readTree(cluster.kubectl("version", "-o", "json"));
    assertThat(version.at("/serverVersion/gitVersion").asText()).startsWith("v1.");
  }

  @Test
  void readyPodsOfADeploymentAreEndpointsOfItsService(Cluster cluster) throws Exception {
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: reviews}
        spec:
          selector: {matchLabels: {app: reviews}}
          template:
            metadata: {labels: {app: reviews}}
            spec:
              nodeName: node1
              containers: [{name: app, image: reviews}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: reviews}
        spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 8080}]}
        """);
    Await.until("the Deployment has a pod", () -> !podOf(cluster, "reviews").isEmpty());
    cluster.report(podOf(cluster, "reviews"), "10.244.0.7");
    Await.until("its address is an endpoint", () -> endpoints(cluster).contains("10.244.0.7"));
  }

  private static String podOf(Cluster cluster, String app) {
    return cluster.kubectl(
        "get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].metadata.name}");
  }

  private static String endpoints(Cluster cluster) {
    return cluster.kubectl(
        "get",
        "endpointslices",
        "-o",
        "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses}");
  }

  @Test
  void aTokenThatIsBoundToAPodProvesIt(Cluster cluster) throws Exception {
    JsonNode status = review(cluster, token(cluster, "heddle-ca"), "heddle-ca");
    assertThat(status.at("/authenticated").asBoolean()).isTrue();
    assertThat(status.at("/user/username").asText())
        .isEqualTo("system:serviceaccount:" + cluster.namespace() + ":default");
    assertThat(status.at("/user/extra/authentication.kubernetes.io~1pod-name/0").asText())
        .isEqualTo("caller");
  }

  @Test
  void aTokenForSomebodyElseProvesNothing(Cluster cluster) throws Exception {
    JsonNode status = review(cluster, token(cluster, "vault"), "heddle-ca");
    assertThat(status.at("/authenticated").asBoolean()).isFalse();
    assertThat(status.at("/error").asText()).contains("audience");
  }

  /** One of the pod {@code caller}. */
  private static String token(Cluster cluster, String audience) throws Exception {
    Await.until(
        "the namespace has its ServiceAccount",
        () -> cluster.tryKubectl("get", "serviceaccount", "default").exit() == 0);
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: caller}
        spec: {nodeName: node1, containers: [{name: app, image: caller}]}
        """);
    return cluster
        .kubectl(
            "create",
            "token",
            "default",
            "--audience",
            audience,
            "--bound-object-kind",
            "Pod",
            "--bound-object-name",
            "caller")
        .strip();
  }

  private static JsonNode review(Cluster cluster, String token, String audience) throws Exception {
    return JSON.readTree(
            cluster.ask(
                """
                apiVersion: authentication.k8s.io/v1
                kind: TokenReview
                spec: {token: "%s", audiences: ["%s"]}
                """
                    .formatted(token, audience)))
        .path("status");
  }
}
