package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.v1.NodePod;
import dev.heddle.api.v1.NodePods;
import dev.heddle.control.ca.Caller;
import dev.heddle.policy.identity.SpiffeId;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's daemon: what it is told of pods, and whose certificates it may have. */
class NodeDaemonTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final String REVIEWS = "spiffe://cluster.local/ns/shop/sa/reviews";
  private static final String RATINGS = "spiffe://cluster.local/ns/shop/sa/ratings";
  private static final Caller ONE = Caller.node("cluster.local", "node-1.example.com");

  @TempDir private Path parent;
  private SecureMesh mesh;

  @BeforeEach
  void start() throws Exception {
    mesh =
        new SecureMesh(
            parent,
            Duration.ofHours(1),
            pod("reviews", "node-1.example.com", "Running"),
            pod("ratings", "node-2.example.com", "Running"),
            pod("migration", "node-1.example.com", "Succeeded"));
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private static String pod(String name, String node, String phase) {
    return """
    {apiVersion: v1, kind: Pod, metadata: {name: %1$s-1, namespace: shop, labels: {app: %1$s}},
     spec: {nodeName: %2$s, serviceAccountName: %1$s},
     status: {phase: %3$s, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}}"""
        .formatted(name, node, phase);
  }

  private ManagedChannel as(Caller caller) throws Exception {
    return mesh.connect(null, mesh.token(caller));
  }

  private static void assertDenied(ManagedChannel channel, String identity, String reason) {
    assertThatThrownBy(() -> SecureMesh.askAs(channel, identity, Csr.fresh()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
              assertThat(e.getStatus().getDescription()).contains(reason);
            });
  }

  @Test
  void itHasCertificatesOfThePodsOfItsNode() throws Exception {
    assertThat(
            SecureMesh.askAs(as(ONE), REVIEWS, Csr.fresh()).getFirst().getSubjectAlternativeNames())
        .containsExactly(List.of(6, REVIEWS));
  }

  @Test
  void anIdentityThatNoPodOfItsNodeHasIsDenied() throws Exception {
    assertDenied(
        as(ONE), RATINGS, "no pod of " + RATINGS + " on node node-1.example.com (expected: a Pod");
    assertDenied(as(ONE), RATINGS.replace("ratings", "migration"), "no pod of ");
    assertDenied(as(ONE), REVIEWS.replace("cluster.local", "other"), "spiffe://cluster.local/ns/");
    assertDenied(as(ONE), "reviews", "(expected: spiffe://cluster.local/ns/NAMESPACE/sa/ACCOUNT)");
  }

  @Test
  void aWorkloadMayHaveItsOwnCertificateAlone() throws Exception {
    Caller workload = Caller.workload(SecureMesh.REVIEWS);
    Caller sameAccount =
        Caller.workload(SpiffeId.of("cluster.local", "heddle-system", "heddle-node"));

    assertDenied(as(workload), RATINGS, REVIEWS + " asks for a certificate of " + RATINGS);
    assertDenied(as(workload), REVIEWS, "only a node's daemon");
    assertDenied(as(sameAccount), REVIEWS, "only a node's daemon");
    assertDenied(
        as(new Caller(SecureMesh.REVIEWS, ONE.node(), "")), REVIEWS, "only a node's daemon");
  }

  @Test
  void aCertificateThatItGotForAPodMakesItNoDaemon() throws Exception {
    KeyPair keys = Csr.keys();
    Path pod = Files.createDirectory(parent.resolve("pod"));
    Files.writeString(pod.resolve("key.pem"), Csr.key(keys));
    List<String> chain = SecureMesh.askPemAs(as(ONE), REVIEWS, Csr.of(keys));
    Files.writeString(pod.resolve("cert-chain.pem"), chain.getFirst());

    assertDenied(mesh.connect(pod, null), RATINGS, "only a node's daemon");
  }

  @Test
  void itsOwnCertificateSaysWhoseNodeItServes() throws Exception {
    KeyPair keys = Csr.keys();
    Path own = Files.createDirectory(parent.resolve("own"));
    Files.writeString(own.resolve("key.pem"), Csr.key(keys));
    List<String> chain = SecureMesh.askPem(as(ONE), Csr.of(keys));
    Files.writeString(own.resolve("cert-chain.pem"), chain.getFirst());

    assertThat(SecureMesh.askAs(mesh.connect(own, null), REVIEWS, Csr.fresh())).hasSize(2);
    assertDenied(mesh.connect(own, null), RATINGS, "on node node-1.example.com");
  }

  @Test
  void thatAPodHasGoneIsSeenAtTheNextRequest() throws Exception {
    mesh.use(pod("reviews", "node-2.example.com", "Running"));

    assertDenied(as(ONE), REVIEWS, "no pod of ");
  }

  @Test
  void whoIsDeniedTooOftenIsNotLookedAtForAWhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertDenied(as(ONE), RATINGS, "no pod of ");
    }

    assertDenied(as(ONE), RATINGS, "refused too often");
    assertThat(SecureMesh.askAs(as(ONE), REVIEWS, Csr.fresh())).hasSize(2);
  }

  @Test
  void itIsToldOfThePodsOfItsNodeThatHaveNotEnded() throws Exception {
    BlockingQueue<Object> answers = follow(as(ONE), "node-1.example.com");

    NodePod pod =
        NodePods.parseFrom(
                ((DeltaDiscoveryResponse) next(answers)).getResources(0).getResource().getValue())
            .getPods(0);
    assertThat(pod.getNamespace() + "/" + pod.getName()).isEqualTo("shop/reviews-1");
    assertThat(pod.getServiceAccount()).isEqualTo("reviews");
    assertThat(pod.getLabelsMap()).containsEntry("app", "reviews");
    assertThat(pod.getAddressesList()).containsExactly("10.0.0.1", "fd00::1");
    mesh.use();
    assertThat(((DeltaDiscoveryResponse) next(answers)).getResources(0).getResource().getValue())
        .isEmpty();
  }

  @Test
  void nobodyElseIsToldOfThePodsOfANode() throws Exception {
    Caller two = Caller.node("cluster.local", "node-2.example.com");

    for (Caller other : List.of(two, Caller.workload(SecureMesh.REVIEWS))) {
      assertThat(next(follow(as(other), "node-1.example.com")).toString())
          .contains("PERMISSION_DENIED: pods of node node-1.example.com asked for by " + other);
    }
  }

  private static Object next(BlockingQueue<Object> answers) throws InterruptedException {
    Object answer = answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(answer).isNotNull();
    return answer;
  }

  private static BlockingQueue<Object> follow(ManagedChannel channel, String node) {
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    AggregatedDiscoveryServiceGrpc.newStub(channel)
        .deltaAggregatedResources(
            new StreamObserver<DeltaDiscoveryResponse>() {
              @Override
              public void onNext(DeltaDiscoveryResponse response) {
                answers.add(response);
              }

              @Override
              public void onError(Throwable error) {
                answers.add(error);
                channel.shutdownNow();
              }

              @Override
              public void onCompleted() {}
            })
        .onNext(
            DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(ResourceType.NODE_PODS)
                .addResourceNamesSubscribe(node)
                .build());
    return answers;
  }
}
