package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import java.util.List;

/** Istio {@code VirtualService}. */
@Description("How calls to hosts are routed.")
public record VirtualServiceSpec(
    @Description("The hosts whose calls are routed.") List<String> hosts,
    @Description("Where it holds: gateways, or mesh for every workload, which is the default.")
        List<String> gateways,
    @Description("Routes of HTTP calls; the first that matches holds.") List<HttpRouteRule> http,
    @Description("Routes of TLS connections by the name that the client asks for.") @NotYet
        List<TlsRouteRule> tls,
    @Description("Routes of other connections.") @NotYet List<TcpRouteRule> tcp,
    @Description("Namespaces that see it: names, . for its own or * for all, which is the default.")
        List<String> exportTo) {
  /** Absent lists and maps are empty ones. */
  public VirtualServiceSpec {
    hosts = hosts == null ? List.of() : List.copyOf(hosts);
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    http = http == null ? List.of() : List.copyOf(http);
    tls = tls == null ? List.of() : List.copyOf(tls);
    tcp = tcp == null ? List.of() : List.copyOf(tcp);
    exportTo = exportTo == null ? List.of() : List.copyOf(exportTo);
  }
}
