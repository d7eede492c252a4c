package dev.heddle.control.index;

/** Objects of the tests, as short as they can be said. */
final class Yaml {

  private Yaml() {}

  static String service(String namespace, String name, int... ports) {
    StringBuilder list = new StringBuilder();
    for (int port : ports) {
      list.append(list.isEmpty() ? "" : ", ").append("{name: p").append(port);
      list.append(", port: ").append(port).append("}");
    }
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec: {ports: [%s], selector: {app: %s}}"""
        .formatted(name, namespace, list, name);
  }

  static String pod(String namespace, String app, String version, String address) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s-%s, namespace: %s, labels: {app: %s, version: %s}}
        status: {podIP: %s}"""
        .formatted(app, version, namespace, app, version, address);
  }

  static String virtualService(String namespace, String name, String spec) {
    return rule("VirtualService", namespace, name, spec);
  }

  static String destinationRule(String namespace, String name, String spec) {
    return rule("DestinationRule", namespace, name, spec);
  }

  static String serviceEntry(String namespace, String name, String spec) {
    return rule("ServiceEntry", namespace, name, spec);
  }

  /** An object of Istio's security group. */
  static String policy(String kind, String namespace, String name, String spec) {
    return rule(kind, namespace, name, spec).replace("networking.istio.io", "security.istio.io");
  }

  static String rule(String kind, String namespace, String name, String spec) {
    return """
        apiVersion: networking.istio.io/v1
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec: %s"""
        .formatted(kind, name, namespace, spec);
  }
}
