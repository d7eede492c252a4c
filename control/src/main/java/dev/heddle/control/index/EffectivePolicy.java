package dev.heddle.control.index;

import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.destinationrule.LoadBalancerRule;
import dev.heddle.rules.destinationrule.OutlierRule;
import dev.heddle.rules.destinationrule.PortTrafficPolicy;
import dev.heddle.rules.destinationrule.Subset;
import dev.heddle.rules.destinationrule.TlsRule;
import dev.heddle.rules.destinationrule.TrafficPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The traffic policy of one port of one subset. Istio: a port's settings replace the host's as a
 * whole; a subset's settings replace the host's one by one.
 */
record EffectivePolicy(
    @Nullable LoadBalancerRule loadBalancer,
    @Nullable ConnectionPoolRule connectionPool,
    @Nullable OutlierRule outlierDetection,
    @Nullable TlsRule tls) {

  private static final EffectivePolicy NOTHING = new EffectivePolicy(null, null, null, null);

  static EffectivePolicy of(@Nullable DestinationRule rule, @Nullable Subset subset, int port) {
    EffectivePolicy ofHost = rule == null ? NOTHING : at(rule.spec().trafficPolicy(), port);
    return subset == null ? ofHost : ofHost.overlaidBy(at(subset.trafficPolicy(), port));
  }

  private static EffectivePolicy at(@Nullable TrafficPolicy policy, int port) {
    if (policy == null) {
      return NOTHING;
    }
    for (PortTrafficPolicy own : policy.portLevelSettings()) {
      Long number = own.port() == null ? null : own.port().number();
      if (number != null && number == port) {
        return new EffectivePolicy(
            own.loadBalancer(), own.connectionPool(), own.outlierDetection(), own.tls());
      }
    }
    return new EffectivePolicy(
        policy.loadBalancer(), policy.connectionPool(), policy.outlierDetection(), policy.tls());
  }

  private EffectivePolicy overlaidBy(EffectivePolicy over) {
    return new EffectivePolicy(
        over.loadBalancer == null ? loadBalancer : over.loadBalancer,
        over.connectionPool == null ? connectionPool : over.connectionPool,
        over.outlierDetection == null ? outlierDetection : over.outlierDetection,
        over.tls == null ? tls : over.tls);
  }
}
