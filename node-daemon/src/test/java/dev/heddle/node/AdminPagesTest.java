package dev.heddle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.admin.PageServer;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people may ask the daemon, over HTTP. */
final class AdminPagesTest {

  private final TestWorkload bob = new TestMesh().workload("bob");
  private final Logger root = Logger.getAnonymousLogger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final PageServer pages;

  AdminPagesTest() throws IOException {
    root.setLevel(Level.INFO);
    pages =
        PageServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            AdminPages.of(List::of, () -> List.of(bob), root));
  }

  @AfterEach
  void stop() {
    pages.close();
    http.close();
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pages.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    HttpResponse<String> response = ask("GET", path, "");
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  @Test
  void theFirstPageListsAllOfThem() throws Exception {
    assertThat(get("/").lines())
        .hasSize(7)
        .anyMatch(line -> line.startsWith("/config  "))
        .anyMatch(line -> line.startsWith("/loglevel  "));
    assertThat(ask("GET", "/nothing", "").statusCode()).isEqualTo(404);
  }

  @Test
  void certificatesAreShownWithoutTheirKeys() throws Exception {
    var certificate = Objects.requireNonNull(bob.certificate());
    assertThat(get("/certs"))
        .contains("\"identity\" : \"" + TestMesh.uri("bob") + "\"")
        .contains(TestMesh.uri("bob") + "\" ]")
        .contains(certificate.leaf().getSerialNumber().toString(16))
        .contains(certificate.leaf().getNotAfter().toInstant().toString())
        .contains("\"trustDomain\" : \"cluster.local\"")
        .doesNotContain(Base64.getEncoder().encodeToString(certificate.key().getEncoded()))
        .doesNotContainIgnoringCase("private");
  }

  @Test
  void aWorkloadWithoutACertificateIsShownSo() throws Exception {
    bob.present(null);
    assertThat(get("/certs")).contains("\"certificate\" : null");
  }

  @Test
  void whatHoldsForAWorkloadIsShown() throws Exception {
    AttributeMatch match = AttributeMatch.of(Attribute.PATH, "", List.of("/admin*"), List.of());
    AuthorizationRule rule = AuthorizationRule.of(List.of(), List.of(List.of(match)), List.of());
    bob.use(
        WorkloadPolicy.of(
            MutualTlsMode.STRICT,
            Map.of(8080, MutualTlsMode.DISABLE),
            List.of(
                AuthorizationPolicy.of(
                    "shop/guard", AuthorizationPolicy.Action.DENY, true, List.of(rule))),
            List.of()));
    holdOrders();
    assertThat(get("/config"))
        .contains("\"mode\" : \"STRICT\"", "\"port 8080\" : \"DISABLE\"")
        .contains("\"name\" : \"shop/guard\"", "\"dryRun\" : true", "/admin*")
        .contains("\"host\" : \"orders\"", "\"hostsLeftOut\" : 0");
  }

  @Test
  void endpointsAreShownWithThoseThatAreLeftOut() throws Exception {
    holdOrders();
    Host second = bob.router().clusters().values().iterator().next().hosts().get(1);
    second.health().eject(0, false);
    String page = get("/clusters");
    assertThat(page).contains("\"address\" : \"10.0.0.1\"", "\"address\" : \"10.0.0.2\"");
    assertThat(page.indexOf("\"ejected\" : true")).isGreaterThan(page.indexOf("10.0.0.2"));
    assertThat(page.indexOf("\"ejected\" : false")).isLessThan(page.indexOf("10.0.0.2"));
  }

  private void holdOrders() {
    Destination orders = Destination.of("orders", 80, "");
    WeightedDestination all =
        WeightedDestination.of(orders, 100, HeaderChange.NONE, HeaderChange.NONE);
    HttpRoute route = HttpRoute.builder().destinations(List.of(all)).build();
    bob.router()
        .update(
            Mesh.EMPTY
                .with(
                    HostRoutes.of(
                        "orders",
                        80,
                        List.of(route),
                        List.of(Cluster.builder().destination(orders).build())))
                .with(HostEndpoints.of("orders", 80, List.of(at("10.0.0.1"), at("10.0.0.2")))),
            0);
  }

  private static Endpoint at(String address) {
    return Endpoint.builder().address(address).port(80).build();
  }

  @Test
  void howMuchIsLoggedIsToldAndChanged() throws Exception {
    assertThat(get("/loglevel")).isEqualTo("info\n");
    for (String method : new String[] {"PUT", "POST"}) {
      for (String level : new String[] {"debug", "WARN"}) {
        HttpResponse<String> changed = ask(method, "/loglevel", level);
        assertThat(changed.body()).isEqualToIgnoringCase(level + "\n");
      }
    }
    assertThat(root.getLevel()).isEqualTo(Level.WARNING);
    HttpResponse<String> wrong = ask("PUT", "/loglevel", "loud");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"loud\" (expected: one of [debug, error, info, off");
    assertThat(root.getLevel()).isEqualTo(Level.WARNING);
  }

  @Test
  void theOtherPagesAreReadOnly() throws Exception {
    for (String path : new String[] {"/", "/config", "/certs", "/clusters", "/pods", "/healthz"}) {
      assertThat(ask("PUT", path, "x").statusCode()).isEqualTo(405);
      assertThat(ask("DELETE", path, "").statusCode()).isEqualTo(405);
    }
  }
}
