package dev.heddle.rules.serviceentry;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.MapList;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ServiceEntry}. */
@Description("Hosts beside those that Kubernetes knows.")
@Cel(
    rule = "(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1",
    message = "only one of workloadSelector and endpoints can be set")
@Cel(
    rule =
        "!((has(self.addresses) ? self.addresses : []).exists(k, k.contains('/')) && !((has(self.resolution) ? self.resolution : 'NONE') in ['STATIC', 'NONE']))",
    message = "addresses may be blocks for resolution NONE and STATIC only")
@Cel(
    rule =
        "((has(self.resolution) ? self.resolution : 'NONE') == 'NONE') ? !has(self.endpoints) : true",
    message = "resolution NONE has no endpoints")
@Cel(
    rule =
        "((has(self.resolution) ? self.resolution : '') == 'DNS_ROUND_ROBIN') ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true",
    message = "resolution DNS_ROUND_ROBIN has one endpoint at most")
public record ServiceEntrySpec(
    @Required @Size(min = 1, max = 256) @Description("The hosts that it adds to the mesh.")
        List<@Cel(rule = "self != '*'", message = "hostname cannot be wildcard") String> hosts,
    @Size(max = 256) @Description("Addresses that stand for the hosts.")
        List<@Size(max = 64) String> addresses,
    @Size(max = 256)
        @MapList("name")
        @Cel(
            rule = "self.all(l1, self.exists_one(l2, l1.number == l2.number))",
            message = "port number cannot be duplicated")
        @Description("The hosts' ports.")
        List<ServicePort> ports,
    @Description("Whether the hosts are part of the mesh.") @Nullable Location location,
    @Description("How endpoints are found.") @Nullable Resolution resolution,
    @Size(max = 4096) @Description("The endpoints.") List<WorkloadEntrySpec> endpoints,
    @Description("Workloads that are the endpoints.") @Nullable WorkloadSelector workloadSelector,
    @Description("Namespaces that see it: names, . for its own or * for all, which is the default.")
        List<String> exportTo,
    @Description("Names that the endpoints' certificates may have.")
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
