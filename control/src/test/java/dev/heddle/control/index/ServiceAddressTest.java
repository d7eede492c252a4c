package dev.heddle.control.index;

import static dev.heddle.control.index.Answers.destinations;
import static dev.heddle.control.index.Answers.index;
import static dev.heddle.control.index.Answers.routes;
import static dev.heddle.control.index.Yaml.destinationRule;
import static dev.heddle.control.index.Yaml.pod;
import static dev.heddle.control.index.Yaml.service;
import static dev.heddle.control.index.Yaml.serviceEntry;
import static dev.heddle.control.index.Yaml.virtualService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.route.Destination;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls to the addresses of services. */
class ServiceAddressTest {

  private static final String REVIEWS = "reviews.shop.svc.cluster.local";
  private static final String WITH_ADDRESSES =
      service("shop", "reviews", 9080)
          .replace("spec: {", "spec: {clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7, 'fd00::7'], ");

  private static String entry(String name, String host, String address, String more) {
    return serviceEntry(
        "shop",
        name,
        """
        {hosts: [%s], addresses: [%s], ports: [{number: 5432, name: tcp, protocol: TCP}],
         resolution: STATIC, endpoints: [{address: 192.0.2.1}]%s}"""
            .formatted(host, address, more));
  }

  @Test
  void aCallToTheAddressOfAServiceIsACallToIt() {
    MeshIndex index =
        index(
            WITH_ADDRESSES,
            pod("shop", "reviews", "v1", "10.0.0.1"),
            virtualService(
                "shop",
                "reviews",
                "{hosts: [reviews], http: [{timeout: 3s, route: [{destination: {host: reviews}}]}]}"));

    for (String address : new String[] {"10.96.0.7", "fd00::7", "[fd00:0::7]"}) {
      var found = routes(index, "bank", address, 9080);
      assertThat(found.host()).isEqualTo(address);
      assertThat(destinations(found)).containsExactly(Destination.of(REVIEWS, 9080, ""));
      assertThat(found.routes().getFirst().timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
    }
    assertThat(index.routes("bank", "10.96.0.7", 81)).as("a port it has not").isNull();
    assertThat(index.routes("bank", "10.96.0.8", 9080)).as("nobody's address").isNull();
  }

  @Test
  void aHeadlessServiceHasNoAddress() {
    MeshIndex index =
        index(service("shop", "reviews", 9080).replace("spec: {", "spec: {clusterIP: None, "));

    assertThat(index.routes("shop", "None", 9080)).isNull();
    assertThat(index.routes("shop", REVIEWS, 9080)).isNotNull();
  }

  @Test
  void theAddressesAndBlocksOfAServiceEntryAreItsOwn() {
    MeshIndex index =
        index(
            entry("one", "one.example.com", "198.51.100.7", ""),
            entry("all", "all.example.com", "198.51.100.0/24", ""));

    assertThat(destinations(routes(index, "shop", "198.51.100.7", 5432)))
        .as("an address is nearer than its block")
        .containsExactly(Destination.of("one.example.com", 5432, ""));
    assertThat(destinations(routes(index, "shop", "198.51.100.8", 5432)))
        .containsExactly(Destination.of("all.example.com", 5432, ""));
    assertThat(index.routes("shop", "198.51.101.1", 5432)).isNull();
  }

  @Test
  void anAddressIsSeenByWhoSeesTheService() {
    MeshIndex index = index(entry("one", "one.example.com", "198.51.100.7", ", exportTo: ['.']"));

    assertThat(index.routes("shop", "198.51.100.7", 5432)).isNotNull();
    assertThat(index.routes("bank", "198.51.100.7", 5432)).isNull();
  }

  @Test
  void aSharedAddressIsTheServicesThatHasThePort() {
    String web = entry("web", "web.example.com", "198.51.100.7", "").replace("5432", "80");
    MeshIndex index = index(entry("db", "db.example.com", "198.51.100.7", ""), web);

    assertThat(destinations(routes(index, "shop", "198.51.100.7", 80)))
        .containsExactly(Destination.of("web.example.com", 80, ""));
    assertThat(destinations(routes(index, "shop", "198.51.100.7", 5432)))
        .containsExactly(Destination.of("db.example.com", 5432, ""));
  }

  @Test
  void whatIsNoAddressIsSaidWithTheRule() {
    assertThatThrownBy(() -> index(entry("one", "one.example.com", "not-an-address", "")))
        .hasMessageContaining("ServiceEntry shop/one: \"not-an-address\" (expected: an IP address");
  }

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: db-0, namespace: shop, labels: {app: db, security.istio.io/tlsMode: istio}}
      spec: {nodeName: node-1, serviceAccountName: db, containers: []}
      status: {podIP: 10.0.0.5, podIPs: [{ip: 10.0.0.5}, {ip: 'fd00::5'}]}""";

  @Test
  void aPodThatSpeaksMeshTlsIsCalledWithItByItsOwnAddress() {
    MeshIndex index = index(POD);

    for (String address : new String[] {"10.0.0.5", "fd00::5"}) {
      Destination itself = Destination.of(address, 5432, "");
      assertThat(destinations(routes(index, "bank", address, 5432))).containsExactly(itself);
      assertThat(routes(index, "bank", address, 5432).tcpRoutes()).hasSize(1);
      assertThat(Objects.requireNonNull(index.endpoints("bank", address, 5432)).endpoints())
          .singleElement()
          .satisfies(
              endpoint -> {
                assertThat(IpAddress.parse(endpoint.address())).isEqualTo(IpAddress.parse(address));
                assertThat(endpoint.port()).isEqualTo(5432);
                assertThat(endpoint.meshTls()).isTrue();
                assertThat(endpoint.identities())
                    .containsExactly("spiffe://cluster.local/ns/shop/sa/db");
              });
    }
  }

  @Test
  void anAddressThatIsNotOnePodsAloneIsNobodys() {
    assertThat(index(POD.replace("tlsMode: istio", "tlsMode: off")).routes("bank", "10.0.0.5", 1))
        .as("one that speaks none")
        .isNull();
    assertThat(index(POD, POD.replace("db-0", "db-1")).routes("bank", "10.0.0.5", 1))
        .as("that of a node")
        .isNull();
    assertThat(index(POD.replace("nodeName: node-1, ", "")).routes("bank", "10.0.0.5", 1))
        .as("one that runs nowhere")
        .isNull();
  }

  @Test
  void anEndpointOfAServiceIsCalledByItsAddressAsEachOfItsServicesExpects() {
    String entry =
        "{hosts: [%s], location: MESH_INTERNAL, resolution: STATIC, exportTo: [%s],"
            + " ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}],"
            + " endpoints: [{address: 10.0.0.9, serviceAccount: %s,"
            + " labels: {security.istio.io/tlsMode: istio}}]}";
    MeshIndex index =
        index(
            serviceEntry("shop", "a", entry.formatted("a.com", "'*'", "a")),
            serviceEntry("shop", "b", entry.formatted("b.com", "'*'", "b")),
            serviceEntry("shop", "c", entry.formatted("c.com", "'.'", "c")));

    assertThat(Objects.requireNonNull(index.endpoints("bank", "10.0.0.9", 8080)).endpoints())
        .extracting(endpoint -> endpoint.identities().getFirst())
        .containsExactlyInAnyOrder(
            "spiffe://cluster.local/ns/shop/sa/a", "spiffe://cluster.local/ns/shop/sa/b");
    assertThat(index.routes("bank", "10.0.0.9", 80)).as("the service's port").isNull();
  }

  @Test
  void theRulesOfAHeadlessServiceHoldForItsPods() {
    MeshIndex index =
        index(
            POD,
            service("shop", "db", 5432).replace("spec: {", "spec: {clusterIP: None, "),
            destinationRule(
                "shop",
                "db",
                "{host: db, trafficPolicy: {connectionPool: {tcp: {maxConnections: 3}}}}"));

    assertThat(routes(index, "bank", "10.0.0.5", 5432).clusters())
        .singleElement()
        .satisfies(cluster -> assertThat(cluster.connectionPool().maxConnections()).isEqualTo(3));
  }
}
