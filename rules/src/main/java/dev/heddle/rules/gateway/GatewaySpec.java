package dev.heddle.rules.gateway;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Istio {@code Gateway}. */
@Description("What a gateway at the edge of the mesh listens to.")
public record GatewaySpec(
    @NotYet @Description("The ports it listens to and the hosts that it answers for there.")
        List<GatewayServer> servers,
    @NotYet @Description("Labels of the pods that are the gateway.") Map<String, String> selector) {
  /** Absent lists and maps are empty ones. */
  public GatewaySpec {
    servers = servers == null ? List.of() : List.copyOf(servers);
    selector =
        selector == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(selector));
  }
}
