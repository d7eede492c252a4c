package dev.heddle.rules.security;

import dev.heddle.rules.schema.Description;
import java.util.List;

/** Istio {@code security Operation}: all fields that are set must hold. */
public record OperationRule(
    @Description("Hosts.") List<String> hosts,
    @Description("Hosts that must not match.") List<String> notHosts,
    @Description("Ports.") List<String> ports,
    @Description("Ports that must not match.") List<String> notPorts,
    @Description("Methods.") List<String> methods,
    @Description("Methods that must not match.") List<String> notMethods,
    @Description("Paths, with * at an end, or with {*} and {**}.") List<String> paths,
    @Description("Paths, with * at an end, or with {*} and {**} that must not match.")
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
