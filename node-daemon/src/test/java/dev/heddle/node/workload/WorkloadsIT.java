package dev.heddle.node.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.init.handover.PodName;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon holds of its pods, by a control service's process. */
class WorkloadsIT {

  private static final long DEADLINE_SECONDS = 60;
  private static final PodName REVIEWS = new PodName("shop", "reviews-1");
  private static final String REVIEWS_URI = "spiffe://cluster.local/ns/shop/sa/reviews";

  @TempDir private Path directory;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private ControlProcess control;
  private NodeControl node;

  @BeforeEach
  void start() throws Exception {
    control = new ControlProcess(directory);
    control.write("reviews-1.yaml", pod("reviews-1", "node-1"));
    control.write("reviews-2.yaml", pod("reviews-2", "node-1"));
    control.write("away.yaml", pod("reviews-3", "node-2"));
    control.write("service.yaml", SERVICE);
    node = node();
  }

  @AfterEach
  void stop() {
    node.close();
    control.close();
  }

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop}
      spec: {ports: [{name: http, port: 9080}], selector: {app: reviews}}
      """;

  private static String pod(String name, String node) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: reviews}}
    spec: {nodeName: %s, serviceAccountName: reviews}
    status: {podIP: 10.0.0.1}
    """
        .formatted(name, node);
  }

  private static String peerAuthentication(String mode) {
    return """
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: {name: all, namespace: shop}
    spec: {mtls: {mode: %s}}
    """
        .formatted(mode);
  }

  private NodeControl node() throws Exception {
    return NodeControl.start(
        new ControlSettings(
            "127.0.0.1",
            control.port(),
            control.roots(),
            control.token("node-1"),
            "node-1",
            directory.resolve("state"),
            "test"),
        new Told(),
        bound -> 0); // reconnects at once
  }

  private final class Told implements MeshLog {
    @Override
    public void info(String message) {
      told.add(message);
    }

    @Override
    public void warn(String message) {
      told.add(message);
    }

    @Override
    public void failure(String message, Throwable failure) {
      told.add(message + ": " + failure);
    }
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come in time; told: " + told);
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }

  private WorkloadLease acquire(PodName pod) throws Exception {
    await(() -> node.pods().find(pod).isPresent());
    WorkloadLease lease = node.workloads().acquire(node.pods().find(pod).orElseThrow());
    lease.ready().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    return lease;
  }

  private static WorkloadCertificate certificate(WorkloadLease lease) {
    return Objects.requireNonNull(lease.workload().certificates().certificate(), "no certificate");
  }

  @Test
  void aPodOfTheNodeIsKnownAndOneOfAnotherIsNot() throws Exception {
    await(() -> node.pods().find(REVIEWS).isPresent());

    PodFacts reviews = node.pods().find(REVIEWS).orElseThrow();
    assertThat(reviews.serviceAccount()).isEqualTo("reviews");
    assertThat(reviews.labels()).isEqualTo(Map.of("app", "reviews"));
    assertThat(reviews.addresses()).containsExactly(InetAddress.ofLiteral("10.0.0.1"));
    assertThat(node.pods().find(new PodName("shop", "reviews-3"))).isEmpty();
  }

  @Test
  void aPodThatComesLaterIsTold() throws Exception {
    await(() -> node.pods().find(REVIEWS).isPresent());
    PodName late = new PodName("shop", "late");
    List<Boolean> changes = new CopyOnWriteArrayList<>();
    node.pods().onChange(() -> changes.add(node.pods().find(late).isPresent()));

    control.write("late.yaml", pod("late", "node-1"));

    await(() -> changes.contains(true));
  }

  @Test
  void aWorkloadHasItsIdentityAndRoutesAndRenews() throws Exception {
    try (WorkloadLease lease = acquire(REVIEWS)) {
      WorkloadCertificate first = certificate(lease);
      assertThat(lease.workload().identity().uri()).isEqualTo(REVIEWS_URI);
      assertThat(Objects.requireNonNull(first.identity()).uri()).isEqualTo(REVIEWS_URI);

      lease.workload().follow("reviews", 9080).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(lease.workload().router().find("reviews", 9080)).isNotNull();
      await(() -> !certificate(lease).equals(first));
    }
  }

  @Test
  void whatHoldsForItsCallersFollowsTheRules() throws Exception {
    control.write("strict.yaml", peerAuthentication("STRICT"));
    try (WorkloadLease lease = acquire(REVIEWS)) {
      await(() -> lease.workload().policy().mode() == MutualTlsMode.STRICT);
      control.write("strict.yaml", peerAuthentication("DISABLE"));

      await(() -> lease.workload().policy().mode() == MutualTlsMode.DISABLE);
    }
  }

  @Test
  void whatDnsAnswersIsTold() throws Exception {
    control.write(
        "db.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: db, namespace: shop}
        spec: {hosts: [db.example.com], resolution: DNS, ports: [{number: 80, name: http}]}
        """);
    try (WorkloadLease lease = acquire(REVIEWS)) {
      await(() -> lease.workload().names().containsKey("db.example.com"));
      List<InetAddress> addresses =
          lease.workload().names().getOrDefault("db.example.com", List.of());
      String address = addresses.getFirst().getHostAddress();

      lease.workload().follow(address, 80).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(lease.workload().router().find(address, 80)).isNotNull();
    }
  }

  @Test
  void podsThatAreTheSameShareAWorkloadUntilTheLastHasLeft() throws Exception {
    WorkloadLease one = acquire(REVIEWS);
    WorkloadLease two = acquire(new PodName("shop", "reviews-2"));
    assertThat(two.workload()).isSameAs(one.workload());

    one.close();
    one.close();
    assertThat(certificate(two)).isNotNull();
    two.close();

    await(() -> two.workload().certificates().certificate() == null);
    try (WorkloadLease again = acquire(REVIEWS)) {
      assertThat(again.workload()).isNotSameAs(one.workload());
    }
  }

  @Test
  void thatControlRefusesIsSaidWithItsReason() throws Exception {
    PodFacts foreign = new PodFacts(REVIEWS, "ratings", Map.of(), List.of(), Set.of());
    try (WorkloadLease lease = node.workloads().acquire(foreign)) {
      await(
          () ->
              told.stream()
                  .anyMatch(
                      line ->
                          line.startsWith("no certificate issued for spiffe://")
                              && line.contains("PERMISSION_DENIED: no pod of ")));
      assertThat(lease.ready()).isNotDone();
      assertThat(lease.workload().policy()).isEqualTo(WorkloadPolicy.DEFAULT);
    }
  }

  @Test
  void withoutControlWhatIsHeldStaysAndARestartFindsItOnDisk() throws Exception {
    control.write("strict.yaml", peerAuthentication("STRICT"));
    WorkloadLease lease = acquire(REVIEWS);
    lease.workload().follow("reviews", 9080).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    await(() -> lease.workload().policy().mode() == MutualTlsMode.STRICT);
    await(() -> files(directory.resolve("state")) == 2);
    control.stop();
    await(() -> told.stream().anyMatch(line -> line.startsWith("no control service for ")));
    assertThat(lease.workload().router().find("reviews", 9080)).isNotNull();
    Path token = directory.resolve("node-1.token");
    node.close();

    node =
        NodeControl.start(
            new ControlSettings(
                "127.0.0.1",
                control.port(),
                control.roots(),
                token,
                "node-1",
                directory.resolve("state"),
                "test"),
            new Told(),
            bound -> 0);
    await(() -> node.pods().find(REVIEWS).isPresent());
    WorkloadLease again = node.workloads().acquire(node.pods().find(REVIEWS).orElseThrow());
    await(() -> again.workload().policy().mode() == MutualTlsMode.STRICT);
    await(() -> again.workload().router().find("reviews", 9080) != null);
    control.startAgain();
    again.ready().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void whatIsKeptOfAWorkloadThatLeftWhileTheDaemonWasAwayIsDropped() throws Exception {
    node.close();
    Path old = directory.resolve("state/workloads/shop_gone_00");
    Files.createDirectories(old);
    Files.writeString(old.resolve("discovery.heddle"), "old");

    node = node();

    await(() -> !Files.exists(old));
  }

  private static long files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.endsWith("discovery.heddle"))
          .count();
    } catch (IOException e) {
      return 0;
    }
  }
}
