package dev.heddle.benchmarks.fanout;

import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Services of a mesh of middling size, a file each; the first is the one that changes. */
final class FanOutMesh {

  static final int HOSTS = 200;

  private static final String FOLDER = "rules";
  private static final int PORT = 9080;
  private static final int ENDPOINTS = 5;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: ${NAME}, namespace: default}
      spec:
        selector: {app: ${NAME}}
        ports: [{name: http, port: 9080}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: ${NAME}-1, namespace: default, labels: {kubernetes.io/service-name: ${NAME}}}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints:
      ${ENDPOINTS}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: ${NAME}, namespace: default}
      spec:
        hosts: [${NAME}]
        http:
        - match: [{headers: {end-user: {exact: tester}}}]
          timeout: 5s
          route: [{destination: {host: ${NAME}}}]
        - timeout: 2s
          retries: {attempts: 2, perTryTimeout: 500ms, retryOn: 5xx}
          route: [{destination: {host: ${NAME}}}]
      """;

  private final Workspace workspace;

  FanOutMesh(Workspace workspace) throws IOException {
    this.workspace = workspace;
    for (int host = 0; host < HOSTS; host++) {
      write(host, address(host, 0));
    }
  }

  Path folder() throws IOException {
    return workspace.folder(FOLDER);
  }

  /** The resource that all clients follow. */
  static String changing() {
    return resource(0);
  }

  /** So many resources, the changing one and others that differ from client to client. */
  static List<String> followedBy(int client, int count) {
    List<String> names = new ArrayList<>(List.of(changing()));
    for (int i = 0; names.size() < count; i++) {
      names.add(resource(1 + (client + i) % (HOSTS - 1)));
    }
    return names;
  }

  private static String resource(int host) {
    return name(host) + ".default.svc.cluster.local:" + PORT;
  }

  private static String name(int host) {
    return "service-" + host;
  }

  /** An endpoint of the changing service is replaced by this one. */
  void change(String address) throws IOException {
    write(0, address);
  }

  private void write(int host, String first) throws IOException {
    String endpoints =
        IntStream.range(0, ENDPOINTS)
            .mapToObj(i -> i == 0 ? first : address(host, i))
            .map(address -> "- {addresses: [" + address + "], conditions: {ready: true}}")
            .collect(Collectors.joining("\n"));
    Path unused =
        workspace.write(
            FOLDER,
            name(host) + ".yaml",
            SERVICE.replace("${NAME}", name(host)).replace("${ENDPOINTS}", endpoints));
  }

  static String address(int host, int endpoint) {
    return "10.1." + host + "." + (endpoint + 1);
  }
}
