package dev.heddle.control.index;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.rules.AuthorizationPolicy;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.Gateway;
import dev.heddle.rules.PeerAuthentication;
import dev.heddle.rules.RequestAuthentication;
import dev.heddle.rules.Rule;
import dev.heddle.rules.ServiceEntry;
import dev.heddle.rules.Sidecar;
import dev.heddle.rules.Telemetry;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.WorkloadEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries a rule out before it is taken into force, so that no data plane is sent what it must
 * refuse.
 */
public final class RuleCheck {

  private static final String ANY_HOST = "any.host";
  private static final int ANY_PORT = 80;

  private final ServiceCatalog nothing =
      new ServiceCatalog(ConfigState.EMPTY, MeshTls.WITHOUT_POLICIES);
  private final KeySets keys;

  /** Checks that read key sets with these. */
  public RuleCheck(KeySets keys) {
    this.keys = keys;
  }

  /**
   * RuntimeException with the reason if the rule cannot be compiled or a client would refuse it.
   */
  public void check(Rule rule) {
    switch (rule) {
      case VirtualService v -> virtualService(v);
      case DestinationRule d -> destinationRule(d);
      case ServiceEntry s -> serviceEntry(s);
      case WorkloadEntry w -> ServiceEntries.check(w.spec());
      case PeerAuthentication p -> {} // its validation says all
      case AuthorizationPolicy a ->
          Authorizer.of(List.of(new AccessCompiler(MeshIndex.DEFAULT_TRUST_DOMAIN).policy(a)));
      case RequestAuthentication r -> new JwtCompiler(keys).check(r);
      case Gateway g -> {} // read and reported, not honoured
      case Sidecar s -> {}
      case Telemetry t -> {}
    }
  }

  /** What the rule asks for without effect, one sentence each. */
  public List<String> warnings(Rule rule) {
    return switch (rule) {
      case DestinationRule d -> PoolLimits.withoutEffect(d);
      case ServiceEntry s -> EndpointTls.warnings(s);
      case PeerAuthentication p -> SecurityWarnings.of(p);
      case AuthorizationPolicy a -> SecurityWarnings.of(a);
      case RequestAuthentication r -> SecurityWarnings.of(r);
      default -> List.of();
    };
  }

  private void virtualService(VirtualService rule) {
    String namespace = rule.metadata().namespace();
    RouteCompiler compiler = new RouteCompiler(nothing, namespace, namespace, ANY_PORT);
    List<HttpRoute> routes = compiler.routes(rule);
    List<TcpRoute> connections = new TcpRouteCompiler(compiler).routes(rule);
    Set<Cluster> clusters = new LinkedHashSet<>();
    for (Destination destination : MeshIndex.destinations(routes, connections)) {
      clusters.add(ClusterCompiler.cluster(destination, Cluster.Resolution.STATIC, null));
    }
    Router.check(HostRoutes.of(ANY_HOST, ANY_PORT, routes, connections, List.copyOf(clusters)));
  }

  private static void destinationRule(DestinationRule rule) {
    List<Cluster> clusters = new ArrayList<>();
    clusters.add(cluster(rule, ""));
    rule.spec().subsets().forEach(subset -> clusters.add(cluster(rule, subset.name())));
    List<HttpRoute> routes = clusters.stream().map(c -> MeshIndex.plain(c.destination())).toList();
    Router.check(HostRoutes.of(ANY_HOST, ANY_PORT, routes, clusters));
  }

  private static Cluster cluster(DestinationRule rule, @Nullable String subset) {
    String name = Objects.requireNonNull(subset, "a subset has no name");
    return ClusterCompiler.cluster(
        Destination.of(ANY_HOST, ANY_PORT, name), Cluster.Resolution.STATIC, rule);
  }

  private static void serviceEntry(ServiceEntry rule) {
    ObjectKey key = new ObjectKey(rule.kind(), rule.metadata().namespace(), rule.metadata().name());
    new ServiceCatalog(
        ConfigState.of(Map.of(key, new ConfigObject.RuleObject(key, rule))),
        MeshTls.WITHOUT_POLICIES);
    rule.spec().endpoints().forEach(ServiceEntries::check);
  }
}
