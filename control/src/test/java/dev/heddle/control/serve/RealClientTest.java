package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.watch.YamlState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of the agent against this server, on loopback. */
class RealClientTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final String FULL = "reviews.default.svc.cluster.local";
  private static final ByteString GARBAGE = ByteString.copyFromUtf8("no routes at all");

  @TempDir private Path directory;
  private final List<FollowingClient> clients = new ArrayList<>();
  private DiscoveryServer server;
  private int port;

  @BeforeEach
  void listen() throws IOException {
    server = serve(0, view("1s", "10.0.0.1"));
    port = server.port();
  }

  @AfterEach
  void close() {
    clients.forEach(FollowingClient::close);
    server.close();
  }

  private static DiscoveryServer serve(int port, ResourceView view) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DiscoveryServer server = new DiscoveryServer(new InetSocketAddress(loopback, port));
    server.show(view);
    server.listen();
    return server;
  }

  private static ResourceView view(String timeout, String address) {
    return view(
        service("reviews"), service("ratings"), pod("reviews", address), timeoutOf(timeout));
  }

  private static ResourceView view(String... objects) {
    return new IndexView(new MeshIndex(YamlState.of(objects)));
  }

  private static String service(String name) {
    return """
    {apiVersion: v1, kind: Service, metadata: {name: %s},
     spec: {ports: [{port: 9080}], selector: {app: %s}}}"""
        .formatted(name, name);
  }

  private static String pod(String app, String address) {
    return """
    {apiVersion: v1, kind: Pod, metadata: {name: %s-1, labels: {app: %s}},
     status: {podIP: %s}}"""
        .formatted(app, app, address);
  }

  private static String timeoutOf(String timeout) {
    return """
    {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: reviews},
     spec: {hosts: [reviews], http: [{timeout: %s, route: [{destination: {host: reviews}}]}]}}"""
        .formatted(timeout);
  }

  private FollowingClient client(String namespace, @Nullable Path stateDirectory) {
    FollowingClient client = new FollowingClient(port, namespace, stateDirectory);
    clients.add(client);
    return client;
  }

  private FollowingClient following(String... hosts) throws Exception {
    FollowingClient client = client("default", null);
    for (String host : hosts) {
      client.follow(host, 9080);
    }
    return client;
  }

  private ConnectedClient.Held held(String type) throws Exception {
    ConnectedClient client = server.clients().get(DEADLINE_SECONDS, TimeUnit.SECONDS).get(0);
    return Objects.requireNonNull(client.held().get(type));
  }

  @Test
  void aHostThatIsFollowedComesWithItsEndpoints() throws Exception {
    FollowingClient client = following("reviews");

    client.awaitTimeout("reviews", 9080, 1);
    assertThat(client.endpoints(FULL, 9080)).containsExactly("10.0.0.1:9080");
    assertThat(client.event()).isEqualTo("connected");
    assertThat(client.failures()).isEmpty();
  }

  @Test
  void whatChangesComes() throws Exception {
    FollowingClient client = following("reviews");
    server.show(view("2s", "10.0.0.1"));
    client.awaitTimeout("reviews", 9080, 2);
    server.show(view("2s", "10.0.0.2"));

    client.await(mesh -> client.endpoints(FULL, 9080).equals(List.of("10.0.0.2:9080")));
    client.awaitTimeout("reviews", 9080, 2);
  }

  @Test
  void aHostThatIsRemovedGoesWithItsEndpointsAndComesBack() throws Exception {
    FollowingClient client = following("reviews");
    server.show(view(service("ratings")));
    client.await(mesh -> mesh.routes().isEmpty() && mesh.endpoints().isEmpty());
    server.show(view("3s", "10.0.0.3"));

    client.awaitTimeout("reviews", 9080, 3);
  }

  @Test
  void aHostThatNobodyKnowsIsAnsweredToo() throws Exception {
    FollowingClient client = following("nobody");
    server.show(view(service("nobody")));

    client.await(mesh -> mesh.routes("nobody", 9080) != null);
  }

  @Test
  void clientsSeeWhatIsVisibleFromTheirNamespace() throws Exception {
    server.show(
        view(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: own, namespace: books}
            spec:
              hosts: [own.example.com]
              exportTo: ['.']
              ports: [{number: 80, name: http, protocol: HTTP}]
              resolution: STATIC
              endpoints: [{address: 10.0.0.9}]"""));
    FollowingClient neighbour = client("books", null);
    FollowingClient stranger = client("music", null);
    neighbour.follow("own.example.com", 80);
    stranger.follow("own.example.com", 80);

    neighbour.await(mesh -> mesh.routes("own.example.com", 80) != null);
    stranger.follow("unknown.example.com", 80); // whatever there was to tell is told by now
    assertThat(stranger.latest().routes()).isEmpty();
  }

  /** The first view, but with other bytes under some names. */
  private static ResourceView altered(Map<String, VersionedResource> instead, ResourceView view) {
    return (scope, type, name) ->
        type.equals(ResourceType.ROUTES) && instead.containsKey(name)
            ? instead.get(name)
            : view.find(scope, type, name);
  }

  @Test
  void whatCannotBeUsedIsRefusedOnceAndTheVersionBeforeStays() throws Exception {
    FollowingClient client = following("reviews");
    client.awaitTimeout("reviews", 9080, 1);
    Map<String, VersionedResource> bad =
        Map.of("reviews:9080", new VersionedResource("bad", GARBAGE));
    server.show(altered(bad, view("2s", "10.0.0.1")));
    assertThat(client.event()).isEqualTo("connected");
    assertThat(client.event()).startsWith("rejected: reviews:9080 version bad: ");
    server.show(altered(bad, view("2s", "10.0.0.1")));
    client.follow("ratings", 9080); // comes after whatever was sent for the view before

    assertThat(client.timeoutSeconds("reviews", 9080)).isEqualTo(1);
    assertThat(client.otherEvents()).isEmpty();
    assertThat(client.failures()).isEmpty();
    server.show(view("3s", "10.0.0.1"));
    client.awaitTimeout("reviews", 9080, 3);
  }

  @Test
  void theOtherResourcesOfARefusedResponseAreHeldAndComeBackLater() throws Exception {
    FollowingClient client = following("reviews", "ratings");
    Map<String, VersionedResource> bad =
        Map.of("ratings:9080", new VersionedResource("bad", GARBAGE));
    server.show(altered(bad, view("2s", "10.0.0.1")));
    client.awaitTimeout("reviews", 9080, 2);
    server.show(view("3s", "10.0.0.1"));
    client.awaitTimeout("reviews", 9080, 3);
    server.show(altered(bad, view("2s", "10.0.0.1")));

    client.awaitTimeout("reviews", 9080, 2);
  }

  @Test
  void aRestartedServerIsFoundAndSendsOnlyWhatHasChanged() throws Exception {
    FollowingClient client = following("reviews", "ratings");
    client.awaitTimeout("reviews", 9080, 1);
    assertThat(client.event()).isEqualTo("connected");
    server.close();
    assertThat(client.event()).startsWith("disconnected: ");
    assertThat(client.timeoutSeconds("reviews", 9080)).isEqualTo(1);

    server = serve(port, view("2s", "10.0.0.1"));
    client.awaitTimeout("reviews", 9080, 2);

    assertThat(client.event()).isEqualTo("connected");
    assertThat(client.otherEvents()).isEmpty();
    assertThat(client.failures()).isEmpty();
    client.follow("nobody", 9080); // what was sent is acknowledged by now
    assertThat(held(ResourceType.ROUTES).versions())
        .containsOnlyKeys("reviews:9080", "ratings:9080", "nobody:9080");
    assertThat(held(ResourceType.ENDPOINTS).versions()).hasSize(2);
    assertThat(held(ResourceType.ENDPOINTS).ackedNonce()).as("nothing was sent").isEmpty();
  }

  @Test
  void whatIsOnDiskIsHeldWithoutAServerAndNotSentAgain() throws Exception {
    FollowingClient before = client("default", directory);
    before.follow("reviews", 9080);
    before.awaitTimeout("reviews", 9080, 1);
    awaitFile(directory.resolve("discovery.heddle"));
    before.close();
    server.close();

    FollowingClient after = client("default", directory);
    after.awaitTimeout("reviews", 9080, 1);
    assertThat(after.endpoints(FULL, 9080)).containsExactly("10.0.0.1:9080");
    server = serve(port, view("1s", "10.0.0.1"));
    after.follow("nobody", 9080);

    assertThat(held(ResourceType.ROUTES).versions()).containsKey("reviews:9080");
    assertThat(held(ResourceType.ENDPOINTS).ackedNonce()).as("nothing was sent").isEmpty();
    assertThat(after.failures()).isEmpty();
  }

  @Test
  void aStateFileOfNoUseIsSaidAndOverwritten() throws Exception {
    Path file = directory.resolve("discovery.heddle");
    Files.writeString(file, "garbage");
    FollowingClient client = client("default", directory);
    client.follow("reviews", 9080);

    assertThat(client.event()).contains("state: ").contains(file.toString()).contains("ignored");
    assertThat(client.event()).isEqualTo("connected");
    client.awaitTimeout("reviews", 9080, 1);
    awaitText(file, "heddle");
  }

  private static void awaitText(Path file, String start) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).startsWith(start)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(file + " does not start with " + start);
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }

  private static void awaitFile(Path file) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!Files.exists(file)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + file);
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }
}
