package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.RootRotation;
import dev.heddle.control.client.identity.TrustBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own client against the port with names. */
class SecureClientTest {

  private static final long DEADLINE_SECONDS = 30;
  private static final Duration BRIEF = Duration.ofSeconds(5);

  @TempDir private Path parent;
  private SecureMesh mesh;
  private Path token;
  private SecureClient client;

  @BeforeEach
  void start() throws IOException {
    mesh = new SecureMesh(parent, BRIEF);
    token = Files.writeString(parent.resolve("token"), mesh.token(SecureMesh.REVIEWS));
    Path roots = Files.copy(mesh.directory().resolve("root-cert.pem"), parent.resolve("roots.pem"));
    client = new SecureClient(mesh.server().securePort(), roots, token, "bank");
  }

  @AfterEach
  void stop() {
    client.close();
    mesh.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come in time");
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }

  private List<X509Certificate> roots() {
    TrustBundle trust = client.identity().trust();
    return trust == null ? List.of() : trust.roots();
  }

  @Test
  void itLearnsWhomToTrustGetsItsCertificateAndRenewsItWithoutTheToken() throws Exception {
    await(() -> !client.issued().isEmpty());
    Files.delete(token);
    await(() -> client.issued().size() >= 3);

    assertThat(roots()).hasSize(1);
    assertThat(client.issued().getLast().chain().getFirst().getSubjectAlternativeNames())
        .containsExactly(List.of(6, "spiffe://cluster.local/ns/shop/sa/reviews"));
    assertThat(client.failures()).isEmpty();
    assertThat(mesh.server().clients().get().getFirst().namespace()).isEqualTo("shop");
  }

  @Test
  void itFollowsAChangeOfTheRootThoughItsFileStaysAsItWas() throws Exception {
    RootRotation rotation =
        new RootRotation(
            mesh.directory(), "cluster.local", BRIEF, InstantSource.system(), new SecureRandom());
    await(() -> !client.issued().isEmpty());

    rotation.step(false);
    await(() -> roots().size() == 2);
    rotation.step(false);
    int before = client.issued().size();
    await(() -> client.issued().size() >= before + 2);
    rotation.step(false);
    await(() -> roots().size() == 1);
    int after = client.issued().size();
    await(() -> client.issued().size() >= after + 2);

    client.issued().getLast().chain().getFirst().verify(roots().getFirst().getPublicKey());
    assertThat(client.failures()).isEmpty();
  }
}
