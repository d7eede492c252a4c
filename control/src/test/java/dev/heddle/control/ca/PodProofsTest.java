package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.Authentication.NotOffered;
import dev.heddle.control.ca.Authentication.Proven;
import dev.heddle.control.ca.Authentication.Refused;
import dev.heddle.policy.identity.SpiffeId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How it is known which pod calls: the ways to be believed are plain functions here. */
class PodProofsTest {

  private static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "shop", "reviews");
  private static final Caller BY_CERTIFICATE = Caller.workload(REVIEWS);

  private String podAtAddress = "";
  private Authentication byToken = new NotOffered();
  private Authentication byCertificate = new Proven(BY_CERTIFICATE);

  private Authentication ask() {
    return ask("token");
  }

  private Authentication ask(@Nullable String token) {
    PodProofs proofs =
        new PodProofs(
            credentials -> credentials.token() == null ? new NotOffered() : byToken,
            (address, identity) -> podAtAddress);
    Authenticator certificates = credentials -> byCertificate;
    return new FirstBelieved(List.of(new PodOfCertificate(certificates, proofs), proofs.tokens()))
        .authenticate(new Credentials("10.0.0.1", token, List.of()));
  }

  @Test
  void aCertificateIsThatOfThePodAtItsAddress() {
    podAtAddress = "reviews-1";
    byToken = new Proven(BY_CERTIFICATE.ofPod("reviews-2"));

    assertThat(ask()).isEqualTo(new Proven(BY_CERTIFICATE.ofPod("reviews-1")));
  }

  @Test
  void whereTheAddressIsNoSinglePodsTheTokenBesideTheCertificateSaysWhich() {
    byToken = new Proven(BY_CERTIFICATE.ofPod("reviews-2"));

    assertThat(ask()).isEqualTo(byToken);
  }

  @Test
  void aTokenOfAnotherIdentityThanTheCertificateSaysNothingOfIt() {
    byToken =
        new Proven(Caller.workload(SpiffeId.of("cluster.local", "bank", "vault")).ofPod("vault-1"));

    assertThat(ask()).isEqualTo(new Proven(BY_CERTIFICATE));
  }

  @Test
  void aCertificateSufficesWhereNothingTellsThePod() {
    assertThat(ask(null)).isEqualTo(new Proven(BY_CERTIFICATE));
    byToken = new Refused(Refusal.TOKEN_UNREVIEWED, "the API server is away");
    assertThat(ask()).isEqualTo(new Proven(BY_CERTIFICATE));
  }

  @Test
  void aNodesDaemonIsNoPodOfAnAddress() {
    Caller daemon = Caller.node("cluster.local", "worker-1");
    byCertificate = new Proven(daemon);
    podAtAddress = "reviews-1";

    assertThat(ask()).isEqualTo(new Proven(daemon));
  }

  @Test
  void aTokenAloneProvesItsPod() {
    byCertificate = new NotOffered();
    byToken = new Proven(BY_CERTIFICATE.ofPod("reviews-1"));

    assertThat(ask()).isEqualTo(byToken);
  }

  @Test
  void whoCouldNotBeJudgedIsNotRefusedForGood() {
    byCertificate = new Refused(Refusal.CERTIFICATE_EXPIRED, "certificate that is not valid");
    byToken = new Refused(Refusal.TOKEN_UNREVIEWED, "the API server is away");

    assertThat(ask())
        .isEqualTo(
            new Refused(
                Refusal.TOKEN_UNREVIEWED, "certificate that is not valid; the API server is away"));
  }

  @Test
  void whoCouldNotBeJudgedMayTryAsOftenAsItLikes() {
    Refused away = new Refused(Refusal.TOKEN_UNREVIEWED, "the API server is away");
    LimitedAuthenticator limited =
        new LimitedAuthenticator(credentials -> away, new TestClock(), (credentials, told) -> {});

    for (int i = 0; i < 300; i++) {
      assertThat(limited.authenticate(new Credentials("10.0.0.1", "token", List.of())))
          .isEqualTo(away);
    }
  }
}
