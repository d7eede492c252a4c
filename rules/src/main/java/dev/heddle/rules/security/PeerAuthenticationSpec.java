package dev.heddle.rules.security;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code PeerAuthentication}; ports are those of the workload, not of a Service. */
@Description("Whether workloads take plaintext.")
@Cel(
    rule =
        "has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true",
    message = "portLevelMtls requires selector")
public record PeerAuthenticationSpec(
    @Description("The workloads it is for; absent: all of the namespace.")
        @Nullable PolicySelector selector,
    @Description("Which callers are let in.") @Nullable MutualTls mtls,
    @Size(min = 1)
        @Cel(
            rule = "self.all(key, 0 < int(key) && int(key) <= 65535)",
            message = "port must be between 1-65535")
        @Description("What differs for single ports of the workloads, by number.")
        Map<String, MutualTls> portLevelMtls) {
  /** Absent maps are empty ones. */
  public PeerAuthenticationSpec {
    portLevelMtls =
        portLevelMtls == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(portLevelMtls));
  }
}
