package dev.heddle.rules.security;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code AuthorizationPolicy}. */
@Description("Who may call a workload.")
@Cel(rule = TargetReference.ONE_TARGET, message = TargetReference.ONE_TARGET_MESSAGE)
public record AuthorizationPolicySpec(
    @Description("The workloads it is for; absent: all of the namespace.")
        @Nullable PolicySelector selector,
    @Description("The resource it is for.") @NotYet @Nullable TargetReference targetRef,
    @Size(max = 16) @Description("The resources it is for.") @NotYet
        @Nullable List<TargetReference> targetRefs,
    @Size(max = 512)
        @Description("Which requests it matches. One of these has to match; none matches none.")
        List<AccessRule> rules,
    @Description("What becomes of requests that match; ALLOW if absent.")
        @Nullable PolicyAction action,
    @Description("Who decides, for action CUSTOM.") @Nullable ExtensionProvider provider) {
  /** Absent rules are none: they match nothing. */
  public AuthorizationPolicySpec {
    targetRefs = targetRefs == null || targetRefs.isEmpty() ? null : targetRefs;
    rules = rules == null ? List.of() : List.copyOf(rules);
  }
}
