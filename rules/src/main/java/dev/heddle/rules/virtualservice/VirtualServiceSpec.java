package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import java.util.List;

/** Istio {@code VirtualService}. */
public record VirtualServiceSpec(
    List<String> hosts,
    List<String> gateways,
    List<HttpRouteRule> http,
    @NotYet List<TlsRouteRule> tls,
    @NotYet List<TcpRouteRule> tcp,
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
