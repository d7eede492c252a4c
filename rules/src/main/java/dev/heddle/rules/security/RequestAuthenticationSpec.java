package dev.heddle.rules.security;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code RequestAuthentication}. */
@Description("Which tokens workloads believe.")
@Cel(rule = TargetReference.ONE_TARGET, message = TargetReference.ONE_TARGET_MESSAGE)
public record RequestAuthenticationSpec(
    @Description("The workloads it is for; absent: all of the namespace.")
        @Nullable PolicySelector selector,
    @Description("The resource it is for.") @NotYet @Nullable TargetReference targetRef,
    @Size(max = 16) @Description("The resources it is for.") @NotYet
        @Nullable List<TargetReference> targetRefs,
    @Size(max = 4096) @Description("The tokens that are believed.") List<JwtRule> jwtRules) {
  /** Absent rules are none. */
  public RequestAuthenticationSpec {
    targetRefs = targetRefs == null || targetRefs.isEmpty() ? null : targetRefs;
    jwtRules = jwtRules == null ? List.of() : List.copyOf(jwtRules);
  }
}
