package dev.heddle.rules.security;

import java.util.List;

/** Istio {@code security Operation}: all fields that are set must hold. */
public record OperationRule(
    List<String> hosts,
    List<String> notHosts,
    List<String> ports,
    List<String> notPorts,
    List<String> methods,
    List<String> notMethods,
    List<String> paths,
    List<String> notPaths) {
  /** Absent lists are empty ones. */
  public OperationRule {
    hosts = hosts == null ? List.of() : List.copyOf(hosts);
    notHosts = notHosts == null ? List.of() : List.copyOf(notHosts);
    ports = ports == null ? List.of() : List.copyOf(ports);
    notPorts = notPorts == null ? List.of() : List.copyOf(notPorts);
    methods = methods == null ? List.of() : List.copyOf(methods);
    notMethods = notMethods == null ? List.of() : List.copyOf(notMethods);
    paths = paths == null ? List.of() : List.copyOf(paths);
    notPaths = notPaths == null ? List.of() : List.copyOf(notPaths);
  }
}
