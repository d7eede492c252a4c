package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy.ProxyProtocol}. */
public record ProxyProtocol(
    @Description("The version of the protocol.") @Nullable Version version) {

  /** Istio {@code TrafficPolicy.ProxyProtocol.VERSION}, in the order of its numbers. */
  public enum Version {
    V1,
    V2
  }
}
