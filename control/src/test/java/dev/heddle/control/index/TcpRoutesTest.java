package dev.heddle.control.index;

import static dev.heddle.control.index.Answers.index;
import static dev.heddle.control.index.Answers.routes;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes of connections. */
class TcpRoutesTest {

  private static List<String> hosts(TcpRoute route) {
    return route.destinations().stream()
        .map(to -> to.destination().host() + " " + to.weight())
        .toList();
  }

  @Test
  void aServiceWithoutARuleIsWhereItsConnectionsGo() {
    HostRoutes found = routes(index(service("shop", "db", 5432)), "shop", "db", 5432);

    assertThat(found.tcpRoutes()).hasSize(1);
    assertThat(found.tcpRoutes().getFirst().matches()).isEmpty();
    assertThat(hosts(found.tcpRoutes().getFirst()))
        .containsExactly("db.shop.svc.cluster.local 100");
  }

  @Test
  void rulesOnNamesComeBeforeThoseOnConnectionsAndTheServiceItselfLast() {
    HostRoutes found =
        routes(
            index(
                service("shop", "db", 5432),
                service("shop", "old", 5432),
                virtualService(
                    "shop",
                    "db",
                    """
                    {hosts: [db],
                     tcp: [{match: [{port: 5432, destinationSubnets: [10.0.0.0/8],
                                     sourceLabels: {app: cart}, sourceNamespace: bank}],
                            route: [{destination: {host: db}, weight: 3},
                                    {destination: {host: old}, weight: 1}]}],
                     tls: [{match: [{sniHosts: [DB.example.com]}],
                            route: [{destination: {host: old}}]}]}""")),
            "shop",
            "db",
            5432);

    assertThat(found.tcpRoutes()).hasSize(3);
    TcpRoute tls = found.tcpRoutes().get(0);
    assertThat(tls.matches().getFirst().sniHosts()).containsExactly("db.example.com");
    assertThat(hosts(tls)).containsExactly("old.shop.svc.cluster.local 100");
    TcpRoute tcp = found.tcpRoutes().get(1);
    assertThat(tcp.matches().getFirst().port()).isEqualTo(5432);
    assertThat(tcp.matches().getFirst().destinationSubnets()).containsExactly("10.0.0.0/8");
    assertThat(tcp.matches().getFirst().sourceLabels()).containsEntry("app", "cart");
    assertThat(tcp.matches().getFirst().sourceNamespace()).isEqualTo("bank");
    assertThat(hosts(tcp))
        .containsExactly("db.shop.svc.cluster.local 3", "old.shop.svc.cluster.local 1");
    assertThat(found.clusters().stream().map(cluster -> cluster.destination().host()).toList())
        .containsAll(
            found.tcpRoutes().stream()
                .flatMap(route -> route.destinations().stream())
                .map((WeightedDestination to) -> to.destination().host())
                .toList());
  }

  @Test
  void aRuleForGatewaysAloneIsNone() {
    HostRoutes found =
        routes(
            index(
                service("shop", "db", 5432),
                virtualService(
                    "shop",
                    "db",
                    """
                    {hosts: [db], gateways: [mesh, edge],
                     tcp: [{match: [{gateways: [edge]}], route: [{destination: {host: db}}]}]}""")),
            "shop",
            "db",
            5432);

    assertThat(found.tcpRoutes()).hasSize(1);
  }

  @Test
  void aRuleOnNamesWithoutANameIsRefused() {
    String rule =
        virtualService(
            "shop",
            "db",
            "{hosts: [db], tls: [{match: [{port: 1}], route: [{destination: {host: db}}]}]}");

    assertThatThrownBy(() -> index(service("shop", "db", 5432), rule))
        .hasMessageContaining("VirtualService shop/db: tls.match has no sniHosts");
  }
}
