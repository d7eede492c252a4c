package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code VirtualService}. */
public record VirtualServiceSpec(
    List<String> hosts,
    List<String> gateways,
    List<HttpRouteRule> http,
    @NotYet @Nullable List<Map<String, Object>> tls,
    @NotYet @Nullable List<Map<String, Object>> tcp,
    List<String> exportTo) {
  /** Absent lists and maps are empty ones. */
  public VirtualServiceSpec {
    hosts = hosts == null ? List.of() : List.copyOf(hosts);
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    http = http == null ? List.of() : List.copyOf(http);
    exportTo = exportTo == null ? List.of() : List.copyOf(exportTo);
  }
}
