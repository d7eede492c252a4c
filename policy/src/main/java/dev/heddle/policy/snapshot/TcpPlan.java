package dev.heddle.policy.snapshot;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.authz.IpBlock;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Weights;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A route of connections with all that its names stand for already looked up. */
final class TcpPlan {

  private static final String ANY_NAME = "*";

  /** A block of conditions of which those on the caller hold. */
  private static final class Conditions {
    private final List<String> names;
    private final List<IpBlock> blocks = new ArrayList<>();

    Conditions(TcpMatch match) {
      names = match.sniHosts();
      for (String block : match.destinationSubnets()) {
        blocks.add(IpBlock.parse(block));
      }
    }

    boolean hold(String sni, IpAddress destination) {
      return (names.isEmpty() || named(sni)) && (blocks.isEmpty() || contained(destination));
    }

    private boolean named(String sni) {
      for (String name : names) {
        if (!sni.isEmpty() && (name.startsWith(ANY_NAME) ? covers(name, sni) : name.equals(sni))) {
          return true;
        }
      }
      return false;
    }

    private static boolean covers(String wildcard, String sni) {
      return wildcard.equals(ANY_NAME)
          || (sni.length() >= wildcard.length() && sni.endsWith(wildcard.substring(1)));
    }

    private boolean contained(IpAddress destination) {
      for (IpBlock block : blocks) {
        if (block.contains(destination)) {
          return true;
        }
      }
      return false;
    }
  }

  private final boolean always;
  private final List<Conditions> conditions = new ArrayList<>();
  private final Weights weights;
  private final List<ClusterState> clusters = new ArrayList<>();

  /** IllegalArgumentException if a destination has no cluster or a part cannot be used. */
  TcpPlan(TcpRoute route, int port, Source source, Map<Destination, ClusterState> states) {
    always = route.matches().isEmpty();
    for (TcpMatch match : route.matches()) {
      Conditions parsed = new Conditions(match);
      if (isFor(match, port, source)) {
        conditions.add(parsed);
      }
    }
    int[] shares = new int[route.destinations().size()];
    for (int i = 0; i < shares.length; i++) {
      WeightedDestination to = route.destinations().get(i);
      ClusterState state = states.get(to.destination());
      if (state == null) {
        throw new IllegalArgumentException(
            "destination " + to.destination() + " is named by a route but its cluster is absent");
      }
      shares[i] = to.weight();
      clusters.add(state);
    }
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("a route of connections leads nowhere (expected: route)");
    }
    weights = Weights.of(shares);
  }

  private static boolean isFor(TcpMatch match, int port, Source source) {
    return (match.port() == 0 || match.port() == port)
        && (match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(source.namespace()))
        && source.labels().entrySet().containsAll(match.sourceLabels().entrySet());
  }

  boolean matches(String sni, IpAddress destination) {
    if (always) {
      return true;
    }
    for (Conditions block : conditions) {
      if (block.hold(sni, destination)) {
        return true;
      }
    }
    return false;
  }

  /** One of the destinations in proportion to their weights. */
  ClusterState pick(RandomSource random) {
    return clusters.get(weights.pick(random));
  }
}
