package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Node;
import dev.heddle.api.v1.TrustBundle;
import dev.heddle.policy.identity.SpiffeId;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers of the port with names, by gRPC's own client and by openssl. */
class SecurePortTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final String REVIEWS_URI = "spiffe://cluster.local/ns/shop/sa/reviews";

  @TempDir private Path parent;
  private SecureMesh mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = new SecureMesh(parent, Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  private static String identity(List<X509Certificate> chain) throws Exception {
    return chain.getFirst().getSubjectAlternativeNames().toString();
  }

  private static void assertRefused(ManagedChannel channel, String reason) {
    assertThatThrownBy(() -> SecureMesh.ask(channel, Csr.fresh()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
              assertThat(e.getStatus().getDescription()).contains(reason);
            });
  }

  @Test
  void aTokenMakesACertificateOfItsIdentity() throws Exception {
    ManagedChannel channel = mesh.connect(null, mesh.token(SecureMesh.REVIEWS));

    List<X509Certificate> chain = SecureMesh.ask(channel, Csr.fresh());

    assertThat(identity(chain)).isEqualTo("[[6, " + REVIEWS_URI + "]]");
    assertThat(chain).hasSize(2);
    chain.getFirst().verify(chain.getLast().getPublicKey());
  }

  @Test
  void aCertificateThatIsStillValidRenewsItself() throws Exception {
    Path mine = mesh.certificate(SecureMesh.REVIEWS, "mine");

    assertThat(identity(SecureMesh.ask(mesh.connect(mine, null), Csr.fresh())))
        .contains(REVIEWS_URI);
  }

  @Test
  void nobodyAndForeignersHearWhyTheyAreRefused() throws Exception {
    Path other = parent.resolve("other");
    try (SecureMesh foreign = new SecureMesh(Files.createDirectory(other), Duration.ofHours(1))) {
      Path theirs = foreign.certificate(SecureMesh.REVIEWS, "theirs");

      assertRefused(mesh.connect(null, null), "no credentials (expected: a token");
      assertRefused(
          mesh.connect(null, foreign.token(SecureMesh.REVIEWS)),
          "token not signed by a key of this authority");
      assertRefused(mesh.connect(theirs, null), "certificate that is not valid");
      assertThat(SecureMesh.ask(mesh.connect(theirs, mesh.token(SecureMesh.REVIEWS)), Csr.fresh()))
          .hasSize(2);
    }
  }

  @Test
  void aRequestThatIsNoneIsAnsweredWithItsReason() throws Exception {
    ManagedChannel channel = mesh.connect(null, mesh.token(SecureMesh.REVIEWS));

    assertThatThrownBy(() -> SecureMesh.ask(channel, "please"))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("one PEM object");
  }

  @Test
  void discoveryBelievesTheCallersNameAndNotWhatItSays() throws Exception {
    ManagedChannel channel = mesh.connect(null, mesh.token(SecureMesh.REVIEWS));
    BlockingQueue<DeltaDiscoveryResponse> answers = new LinkedBlockingQueue<>();
    try {
      open(channel, answers)
          .onNext(
              DeltaDiscoveryRequest.newBuilder()
                  .setNode(
                      Node.newBuilder()
                          .setId("reviews-1")
                          .setMetadata(
                              Struct.newBuilder()
                                  .putFields(
                                      "NAMESPACE",
                                      Value.newBuilder().setStringValue("bank").build())))
                  .setTypeUrl(ResourceType.TRUST_BUNDLE)
                  .addResourceNamesSubscribe(ResourceType.MESH)
                  .build());

      TrustBundle bundle = bundle(answers);
      assertThat(bundle.getTrustDomain()).isEqualTo("cluster.local");
      assertThat(bundle.getRootsList()).isEqualTo(mesh.authority().roots());
      ConnectedClient client = mesh.server().clients().get().getFirst();
      assertThat(client.namespace()).isEqualTo("shop");
      assertThat(client.identity()).isEqualTo(REVIEWS_URI);
    } finally {
      channel.shutdownNow();
    }
  }

  private static StreamObserver<DeltaDiscoveryRequest> open(
      ManagedChannel channel, BlockingQueue<DeltaDiscoveryResponse> answers) {
    return AggregatedDiscoveryServiceGrpc.newStub(channel)
        .deltaAggregatedResources(
            new StreamObserver<>() {
              @Override
              public void onNext(DeltaDiscoveryResponse response) {
                answers.add(response);
              }

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onCompleted() {}
            });
  }

  private static TrustBundle bundle(BlockingQueue<DeltaDiscoveryResponse> answers)
      throws Exception {
    DeltaDiscoveryResponse answer =
        Objects.requireNonNull(answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS), "no answer");
    return TrustBundle.parseFrom(answer.getResources(0).getResource().getValue());
  }

  @Test
  void opensslBelievesTheServerByNameAndByAddress() throws Exception {
    String roots = mesh.directory().resolve("root-cert.pem").toString();

    assertThat(openssl(roots, "-verify_hostname localhost")).contains("Verify return code: 0 (ok)");
    assertThat(openssl(roots, "-verify_ip 127.0.0.1")).contains("Verify return code: 0 (ok)");
    assertThat(openssl(roots, "-verify_hostname other.example.com")).contains("hostname mismatch");
  }

  private String openssl(String roots, String check) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-alpn", "h2", "-CAfile", roots, "-connect"));
    command.add("127.0.0.1:" + mesh.server().securePort());
    command.addAll(List.of(check.split(" ", -1)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  @Test
  void noConnectionIsRefusedWhileTheRootChanges() throws Exception {
    Path before = mesh.certificate(SecureMesh.REVIEWS, "before");
    try (RootChange change = new RootChange(mesh)) {
      change.stage();
      change.switchOver();
      Path after = mesh.certificate(SecureMesh.REVIEWS, "after");
      assertThat(SecureMesh.ask(mesh.connect(before, null), Csr.fresh())).hasSize(2);
      assertThat(SecureMesh.ask(mesh.connect(after, null), Csr.fresh())).hasSize(2);

      change.finish();
      assertThat(change.failures()).isEmpty();
      assertRefused(mesh.connect(before, null), "certificate that is not valid");
      assertThat(SecureMesh.ask(mesh.connect(after, null), Csr.fresh())).hasSize(2);
    }
  }

  @Test
  void anotherTrustDomainsNameIsNotToBeHad() throws Exception {
    SpiffeId other = SpiffeId.of("other.example.com", "shop", "reviews");

    assertRefused(mesh.connect(null, mesh.token(other)), "expected: an identity of trust domain");
  }
}
