package dev.heddle.rules.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code PeerAuthentication}; ports are those of the workload, not of a Service. */
public record PeerAuthenticationSpec(
    @Nullable PolicySelector selector,
    @Nullable MutualTls mtls,
    Map<String, MutualTls> portLevelMtls) {
  /** Absent maps are empty ones. */
  public PeerAuthenticationSpec {
    portLevelMtls =
        portLevelMtls == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(portLevelMtls));
  }
}
