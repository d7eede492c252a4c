package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** What Heddle expects of a node, seen with a Java program and a caller that know of no mesh. */
@ClusterTest(level = Level.NODE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated
class PodsIT {

  private final Cluster cluster;

  PodsIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void start() {
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: files}
        spec:
          selector: {matchLabels: {app: files}}
          template:
            metadata: {labels: {app: files}}
            spec:
              containers:
              - name: app
                image: heddle.test/java:1
                args: ["-Xmx64m", "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "8080", "-d", "/etc"]
                readinessProbe: {httpGet: {path: /passwd, port: 8080}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: files}
        spec: {selector: {app: files}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: caller}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: app, image: "heddle.test/tools:1", args: ["-c", "sleep 2147483647"]}]
        """);
    cluster.kubectl("rollout", "status", "deployment/files", "--timeout=110s");
    cluster.kubectl("wait", "--for=condition=Ready", "pod/caller", "--timeout=110s");
  }

  @Test
  void whatAProgramPrintsIsItsLog() {
    assertThat(cluster.kubectl("logs", "deployment/files")).contains("Serving /etc");
  }

  @Test
  void commandsRunInItsContainer() {
    assertThat(cluster.kubectl("exec", "deployment/files", "--", "java", "--version"))
        .contains("build");
  }

  @Test
  void aPodReachesAServiceByItsName() throws Exception {
    String url = "http://files." + cluster.namespace() + ".svc.cluster.local/passwd";
    // kube-proxy writes its rules once a second.
    Await.until("the Service answers", () -> call(url).exit() == 0);
    assertThat(call(url).output()).contains("nobody");
    assertThat(call("http://files/passwd").output()).contains("nobody");
  }

  @Test
  void theNodeReachesAServiceByItsAddress() throws Exception {
    String address = cluster.kubectl("get", "service", "files", "-o", "jsonpath={.spec.clusterIP}");
    Await.until(
        "the Service answers",
        () -> cluster.onNode("curl", "-s", "http://" + address + "/passwd").contains("nobody"));
  }

  private Command.Result call(String url) {
    return cluster.tryKubectl("exec", "caller", "--", "curl", "-sS", "-m", "5", url);
  }
}
