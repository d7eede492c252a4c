package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Node;
import dev.heddle.api.v1.Workload;
import dev.heddle.api.v1.Workload.MutualTlsMode;
import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.Caller;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod of a cluster has the policies that its labels select, not those it would like. */
class PodLabelsTest {

  private static final long DEADLINE_SECONDS = 20;

  /** Strict for all that carry the label, permissive for others. */
  private static final String STRICT =
      """
      {apiVersion: security.istio.io/v1, kind: PeerAuthentication,
       metadata: {name: strict, namespace: shop},
       spec: {selector: {matchLabels: {guarded: 'yes'}}, mtls: {mode: STRICT}}}""";

  @TempDir private Path parent;
  private SecureMesh mesh;

  @BeforeEach
  void start() throws Exception {
    mesh = new SecureMesh(parent, Duration.ofHours(1), tokens(), STRICT);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  /** Tokens here are the names of pods of one identity. */
  private static Authenticator tokens() {
    return credentials ->
        credentials.token() == null
            ? new Authentication.NotOffered()
            : new Authentication.Proven(
                Caller.workload(SecureMesh.REVIEWS).ofPod(credentials.token()));
  }

  private static String pod(String address, String label) {
    return """
    {apiVersion: v1, kind: Pod, metadata: {name: reviews-1, namespace: shop, labels: {guarded: '%s'}},
     spec: {nodeName: worker-1, serviceAccountName: reviews},
     status: {phase: Running, podIP: %s}}"""
        .formatted(label, address);
  }

  /** A client that says that it has this label; the modes that it is told. */
  private static BlockingQueue<MutualTlsMode> follow(ManagedChannel channel, String label) {
    BlockingQueue<MutualTlsMode> modes = new LinkedBlockingQueue<>();
    Struct labels =
        Struct.newBuilder()
            .putFields("guarded", Value.newBuilder().setStringValue(label).build())
            .build();
    Struct said =
        Struct.newBuilder()
            .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
            .build();
    AggregatedDiscoveryServiceGrpc.newStub(channel)
        .deltaAggregatedResources(new Modes(channel, modes))
        .onNext(
            DeltaDiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("said").setMetadata(said))
                .setTypeUrl(ResourceType.WORKLOAD)
                .addResourceNamesSubscribe("shop/said")
                .build());
    return modes;
  }

  private record Modes(ManagedChannel channel, BlockingQueue<MutualTlsMode> modes)
      implements StreamObserver<DeltaDiscoveryResponse> {
    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      try {
        modes.add(Workload.parseFrom(response.getResources(0).getResource().getValue()).getMode());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onError(Throwable error) {
      channel.shutdownNow();
    }

    @Override
    public void onCompleted() {}
  }

  private static @Nullable MutualTlsMode next(BlockingQueue<MutualTlsMode> modes)
      throws InterruptedException {
    return modes.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void itsLabelsAreThoseOfItsPodWhateverItSays() throws Exception {
    mesh.use(STRICT, pod("10.0.0.1", "yes"));

    assertThat(next(follow(mesh.connect(null, "reviews-1"), "no"))).isEqualTo(MutualTlsMode.STRICT);
    assertThat(mesh.server().clients().get().getFirst().pod()).isEqualTo("reviews-1");
  }

  @Test
  void aChangeOfItsLabelsIsAChangeOfItsPolicies() throws Exception {
    mesh.use(STRICT, pod("10.0.0.1", "no"));
    BlockingQueue<MutualTlsMode> modes = follow(mesh.connect(null, "reviews-1"), "no");
    assertThat(next(modes)).isEqualTo(MutualTlsMode.PERMISSIVE);

    mesh.use(STRICT, pod("10.0.0.1", "yes"));
    assertThat(next(modes)).isEqualTo(MutualTlsMode.STRICT);
  }

  @Test
  void untilItsPodObjectIsSeenWhatItSaysOfItsLabelsCounts() throws Exception {
    BlockingQueue<MutualTlsMode> modes = follow(mesh.connect(null, "reviews-1"), "yes");
    assertThat(next(modes)).isEqualTo(MutualTlsMode.STRICT);

    mesh.use(STRICT, pod("10.0.0.1", "no"));
    assertThat(next(modes)).isEqualTo(MutualTlsMode.PERMISSIVE);
  }

  @Test
  void whoComesBackByItsCertificateIsThePodAtItsAddress() throws Exception {
    mesh.use(STRICT, pod("127.0.0.1", "yes"));
    KeyPair keys = Csr.keys();
    Path own = Files.createDirectory(parent.resolve("own"));
    Files.writeString(own.resolve("key.pem"), Csr.key(keys));
    Files.writeString(
        own.resolve("cert-chain.pem"),
        SecureMesh.askPem(mesh.connect(null, "reviews-1"), Csr.of(keys)).getFirst());

    assertThat(next(follow(mesh.connect(own, null), "no"))).isEqualTo(MutualTlsMode.STRICT);
  }
}
