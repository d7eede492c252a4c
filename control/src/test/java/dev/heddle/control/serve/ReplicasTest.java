package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.SharedAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control processes with one root, which share nothing else, behind one address. */
class ReplicasTest {

  private static final long DEADLINE_SECONDS = 30;
  private static final Duration BRIEF = Duration.ofSeconds(8);
  private static final String TOKEN = "a.pods.token";

  @TempDir private Path parent;
  private SecureMesh first;
  private SecureMesh second;
  private Relay service;

  @BeforeEach
  void start() throws Exception {
    first = new SecureMesh(parent.resolve("first"), BRIEF, tokens());
    shared("second").become(shared("first").files(), InstantSource.system().instant());
    second = new SecureMesh(parent.resolve("second"), BRIEF, tokens());
    service = new Relay(first.server().securePort());
  }

  @AfterEach
  void stop() {
    service.close();
    first.close();
    second.close();
  }

  private SharedAuthority shared(String replica) {
    return new SharedAuthority(
        parent.resolve(replica).resolve("ca"), InstantSource.system(), new SecureRandom());
  }

  private static Authenticator tokens() {
    return credentials ->
        TOKEN.equals(credentials.token())
            ? new Authentication.Proven(Caller.workload(SecureMesh.REVIEWS).ofPod("reviews-1"))
            : new Authentication.NotOffered();
  }

  @Test
  void aCertificateOfOneIsBelievedByTheOther() throws Exception {
    var keys = Csr.keys();
    List<String> chain = SecureMesh.askPem(first.connect(null, TOKEN), Csr.of(keys));

    assertThat(SecureMesh.askPem(second.connectWith(Csr.key(keys), chain), Csr.fresh()).getLast())
        .isEqualTo(chain.getLast());
  }

  @Test
  void whenOneDiesItsClientsGoOnWithTheOtherAndAlwaysHoldACertificate() throws Exception {
    Path token = Files.writeString(parent.resolve("token"), TOKEN);
    Path roots = Files.copy(first.directory().resolve("root-cert.pem"), parent.resolve("roots"));
    try (SecureClient client = new SecureClient(service.port(), roots, token, "shop")) {
      awaitIssued(client, 1);

      service.to(second.server().securePort());
      first.close();
      awaitIssued(client, client.issued().size() + 3);

      assertThat(second.server().clients().get())
          .extracting(ConnectedClient::pod)
          .containsExactly("reviews-1");
      assertThat(client.failures()).doesNotContain("expired");
      X509Certificate leaf = client.issued().getLast().chain().getFirst();
      assertThat(leaf.getSubjectAlternativeNames())
          .containsExactly(List.of(6, SecureMesh.REVIEWS.uri()));
    }
  }

  /** Meanwhile it must never be without a certificate once it has had one. */
  private static void awaitIssued(SecureClient client, int certificates) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (client.issued().size() < certificates) {
      assertThat(System.nanoTime()).as("issued: " + client.issued().size()).isLessThan(end);
      if (!client.issued().isEmpty()) {
        assertThat(client.identity().certificate()).isNotNull();
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }
}
