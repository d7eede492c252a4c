package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code L4MatchAttributes}. */
public record L4Match(
    @Description("Addresses that are called, as blocks.") List<String> destinationSubnets,
    @Description("The port that is called.") @Nullable Long port,
    @Description("Not used.") @NotYet @Nullable String sourceSubnet,
    @Description("Labels that the caller must have.") Map<String, String> sourceLabels,
    @Description("Where it holds; absent: as the VirtualService says.") List<String> gateways,
    @Description("The namespace that the caller must be in.") @Nullable String sourceNamespace) {
  /** Absent lists and maps are empty ones. */
  public L4Match {
    destinationSubnets = destinationSubnets == null ? List.of() : List.copyOf(destinationSubnets);
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    sourceLabels =
        sourceLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
  }
}
