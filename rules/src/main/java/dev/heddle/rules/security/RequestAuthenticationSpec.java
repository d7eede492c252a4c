package dev.heddle.rules.security;

import dev.heddle.rules.NotYet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code RequestAuthentication}. */
public record RequestAuthenticationSpec(
    @Nullable PolicySelector selector,
    @NotYet @Nullable Map<String, Object> targetRef,
    @NotYet @Nullable List<Map<String, Object>> targetRefs,
    List<JwtRule> jwtRules) {
  /** Absent rules are none. */
  public RequestAuthenticationSpec {
    targetRefs = targetRefs == null || targetRefs.isEmpty() ? null : targetRefs;
    jwtRules = jwtRules == null ? List.of() : List.copyOf(jwtRules);
  }
}
