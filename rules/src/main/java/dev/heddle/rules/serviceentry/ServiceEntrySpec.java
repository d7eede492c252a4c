package dev.heddle.rules.serviceentry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ServiceEntry}. */
public record ServiceEntrySpec(
    List<String> hosts,
    List<String> addresses,
    List<ServicePort> ports,
    @Nullable Location location,
    @Nullable Resolution resolution,
    List<WorkloadEntrySpec> endpoints,
    @Nullable WorkloadSelector workloadSelector,
    List<String> exportTo,
    @Nullable List<String> subjectAltNames) {
  /** Absent lists and maps are empty ones. */
  public ServiceEntrySpec {
    hosts = hosts == null ? List.of() : List.copyOf(hosts);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
    ports = ports == null ? List.of() : List.copyOf(ports);
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    exportTo = exportTo == null ? List.of() : List.copyOf(exportTo);
  }
}
