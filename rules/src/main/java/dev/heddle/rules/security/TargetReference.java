package dev.heddle.rules.security;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Form;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import org.jspecify.annotations.Nullable;

/** Istio {@code type.v1beta1.PolicyTargetReference}. */
public record TargetReference(
    @Size(max = 253)
        @Form("^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @Description("The resource's API group.")
        @Nullable String group,
    @Required
        @Size(min = 1, max = 63)
        @Form("^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")
        @Description("The resource's kind.")
        @Nullable String kind,
    @Required @Size(min = 1, max = 253) @Description("The resource's name.") @Nullable String name,
    @Cel(rule = "self.size() == 0", message = "a resource of another namespace cannot be named")
        @Description("Not used: the resource is in the policy's own namespace.")
        @Nullable String namespace) {

  /** That a policy has one kind of target (CEL). */
  public static final String ONE_TARGET =
      "(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1";

  /** What is said of one that has more. */
  public static final String ONE_TARGET_MESSAGE =
      "only one of selector, targetRef and targetRefs can be set";
}
