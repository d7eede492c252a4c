package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.security.PolicySelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code DestinationRule}. */
@Description("How a host is called once a call is routed to it.")
public record DestinationRuleSpec(
    @Required @Description("The host that it is about.") @Nullable String host,
    @Description("How the host is called.") @Nullable TrafficPolicy trafficPolicy,
    @Description("Parts of the host's endpoints, by label.") List<Subset> subsets,
    @Description("Namespaces that see it: names, . for its own or * for all, which is the default.")
        List<String> exportTo,
    @Description("The callers for whom it holds.") @NotYet
        @Nullable PolicySelector workloadSelector) {
  /** Absent lists are empty ones. */
  public DestinationRuleSpec {
    subsets = subsets == null ? List.of() : List.copyOf(subsets);
    exportTo = exportTo == null ? List.of() : List.copyOf(exportTo);
  }
}
