package dev.heddle.e2e.cluster;

import dev.heddle.e2e.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A control service on this machine that the cluster's API server asks, as it would ask the Service
 * of an installed one, about objects of namespaces that have a label.
 */
final class Webhooks implements AutoCloseable {

  static final String LABEL = "heddle.test/webhooks=true";

  private static final Path JAR =
      Path.of(System.getProperty("heddle.home"), "control/target/heddle-control.jar");

  private final Cluster cluster;
  private final Process control;

  Webhooks(Cluster cluster, Path directory) throws Exception {
    this.cluster = cluster;
    Path log = directory.resolve("control.log");
    control =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Xmx256m",
                    "-jar",
                    JAR.toString(),
                    "--kubernetes",
                    "--kubeconfig=" + cluster.kubeconfig(),
                    "--namespace=" + cluster.namespace(),
                    "--ca-dir=" + directory.resolve("ca"),
                    "--tls-name=" + cluster.hostAddress(),
                    "--grpc=127.0.0.1:0",
                    "--tls=127.0.0.1:0",
                    "--http=127.0.0.1:0",
                    "--webhooks=" + cluster.hostAddress() + ":0",
                    "--agent-image=heddle.test/agent:dev",
                    "--node-image=heddle.test/node:dev"))
            .redirectError(log.toFile())
            .start();
    try {
      register("https://" + addresses(log).get("webhooks"));
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private Map<String, String> addresses(Path log) throws IOException {
    Map<String, String> addresses = new HashMap<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) {
        return addresses;
      }
      int blank = line.indexOf(' ');
      addresses.put(line.substring(0, blank), line.substring(blank + 1));
    }
    throw new AssertionError("control ended: " + Files.readString(log));
  }

  private void register(String url) throws Exception {
    cluster.apply(
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: heddle-injector}
        webhooks:
        - name: test.inject.heddle.dev
          clientConfig: {url: "%1$s/inject"}
          admissionReviewVersions: [v1]
          sideEffects: None
          reinvocationPolicy: IfNeeded
          namespaceSelector: {matchLabels: {heddle.test/webhooks: "true"}}
          rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: heddle-validator}
        webhooks:
        - name: test.validate.heddle.dev
          clientConfig: {url: "%1$s/validate"}
          admissionReviewVersions: [v1]
          sideEffects: None
          namespaceSelector: {matchLabels: {heddle.test/webhooks: "true"}}
          rules:
          - operations: [CREATE, UPDATE]
            apiGroups: [networking.istio.io, security.istio.io]
            apiVersions: ["*"]
            resources: ["*"]
        """
            .formatted(url));
    Await.until("the API server is told the roots", () -> !bundle().isEmpty());
  }

  private String bundle() {
    return cluster.kubectl(
        "get",
        "mutatingwebhookconfiguration",
        "heddle-injector",
        "-o",
        "jsonpath={.webhooks[0].clientConfig.caBundle}");
  }

  @Override
  public void close() {
    control.destroy();
    cluster.kubectl(
        "delete",
        "mutatingwebhookconfiguration/heddle-injector",
        "validatingwebhookconfiguration/heddle-validator",
        "--ignore-not-found");
  }
}
