package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.PathRewrite;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.Rule;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.destinationrule.Subset;
import java.util.Map;
import java.util.Objects;

/**
 * Tries a rule out before it is taken into force, so that no data plane is sent what it must
 * refuse.
 */
public final class RuleCheck {

  private static final int ANY_PORT = 80;

  private final ServiceCatalog nothing = new ServiceCatalog(ConfigState.EMPTY);

  /** IllegalArgumentException with the reason if the rule cannot be compiled. */
  public void check(Rule rule) {
    switch (rule) {
      case VirtualService v -> virtualService(v);
      case DestinationRule d -> destinationRule(d);
      default -> {} // services and workloads hold nothing to compile
    }
  }

  private void virtualService(VirtualService rule) {
    String namespace = rule.metadata().namespace();
    RouteTable.Builder<HttpRoute> table = RouteTable.builder(Source.of(namespace, Map.of(), ""));
    for (HttpRoute route :
        new RouteCompiler(nothing, namespace, namespace, ANY_PORT).routes(rule)) {
      table.add(route.matches(), route);
      if (route.rewrite() != null) {
        new PathRewrite(route.rewrite());
      }
    }
    table.build();
  }

  private static void destinationRule(DestinationRule rule) {
    String host =
        HostNames.inRule(Objects.requireNonNull(rule.spec().host()), rule.metadata().namespace());
    ClusterCompiler.cluster(Destination.of(host, ANY_PORT, ""), Cluster.Resolution.STATIC, rule);
    for (Subset subset : rule.spec().subsets()) {
      ClusterCompiler.cluster(
          Destination.of(host, ANY_PORT, Objects.requireNonNull(subset.name())),
          Cluster.Resolution.STATIC,
          rule);
    }
  }
}
