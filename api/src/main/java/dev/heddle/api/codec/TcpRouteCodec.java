package dev.heddle.api.codec;

import static dev.heddle.api.codec.Collections8.copy;
import static dev.heddle.api.codec.Collections8.list;

import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;

/** Routes of connections, to messages and back. */
final class TcpRouteCodec {

  private TcpRouteCodec() {}

  static dev.heddle.api.v1.TcpRoute encode(TcpRoute v) {
    dev.heddle.api.v1.TcpRoute.Builder m = dev.heddle.api.v1.TcpRoute.newBuilder();
    for (TcpMatch x : v.matches()) {
      m.addMatches(encode(x));
    }
    for (WeightedDestination x : v.destinations()) {
      m.addDestinations(RouteEncoder.encode(x));
    }
    return m.build();
  }

  private static dev.heddle.api.v1.TcpMatch encode(TcpMatch v) {
    return dev.heddle.api.v1.TcpMatch.newBuilder()
        .addAllSniHosts(v.sniHosts())
        .addAllDestinationSubnets(v.destinationSubnets())
        .setPort(v.port())
        .putAllSourceLabels(v.sourceLabels())
        .setSourceNamespace(v.sourceNamespace())
        .build();
  }

  static TcpRoute decode(dev.heddle.api.v1.TcpRoute m) {
    return TcpRoute.of(
        list(m.getMatchesList(), TcpRouteCodec::decode),
        list(m.getDestinationsList(), RouteDecoder::decode));
  }

  private static TcpMatch decode(dev.heddle.api.v1.TcpMatch m) {
    return TcpMatch.builder()
        .sniHosts(copy(m.getSniHostsList()))
        .destinationSubnets(copy(m.getDestinationSubnetsList()))
        .port(m.getPort())
        .sourceLabels(copy(m.getSourceLabelsMap()))
        .sourceNamespace(m.getSourceNamespace())
        .build();
  }
}
