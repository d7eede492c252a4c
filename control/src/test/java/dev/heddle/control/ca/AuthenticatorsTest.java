package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorsTest {

  private static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "shop", "reviews");
  private static final Authentication PROVEN = new Authentication.Proven(Caller.workload(REVIEWS));
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path parent;
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private final List<Refusal> told = new ArrayList<>();
  private CaMaterial material;
  private TokenKeys keys;
  private WorkloadTokens tokens;
  private Authenticator authenticator;

  @BeforeEach
  void start() throws IOException {
    CaDirectory directory = new CaDirectory(parent.resolve("ca"), clock, random);
    material = directory.open("cluster.local");
    keys = directory.tokenKeys();
    tokens = new WorkloadTokens(() -> keys, clock);
    authenticator =
        new LimitedAuthenticator(
            new FirstBelieved(
                List.of(
                    new CertificateAuthenticator(() -> material, "cluster.local", clock),
                    new TokenAuthenticator(tokens, "cluster.local"))),
            clock,
            (credentials, refused) -> told.add(refused.reason()));
  }

  private Authentication ask(@Nullable String token, X509Certificate... chain) {
    return authenticator.authenticate(new Credentials("10.0.0.1", token, List.of(chain)));
  }

  private void assertRefused(Authentication answer, Refusal reason, String message) {
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    Authentication.Refused refused = (Authentication.Refused) answer;
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.message()).contains(message);
  }

  private X509Certificate[] certificate(CaMaterial by, SpiffeId identity) throws Exception {
    return new CertificateAuthority(() -> by, HOUR, clock, random)
        .sign(Caller.workload(identity), Requests.of(Requests.ec("secp256r1")), Duration.ZERO)
        .chain()
        .toArray(new X509Certificate[0]);
  }

  @Test
  void aTokenOfThisAuthorityIsBelievedUntilItExpires() {
    String token = tokens.issue(Caller.workload(REVIEWS), HOUR);

    assertThat(ask(token)).isEqualTo(PROVEN);
    clock.pass(HOUR.plusSeconds(31));
    assertRefused(ask(token), Refusal.TOKEN_EXPIRED, "expired at 2026-11-21T11:00:00Z");
    assertThat(told).containsExactly(Refusal.TOKEN_EXPIRED);
  }

  @Test
  void anEarlierKeyIsBelievedAndANewerSigns() throws Exception {
    String token = tokens.issue(Caller.workload(REVIEWS), HOUR);
    ECKey old = keys.keys().getFirst();
    keys = new TokenKeys(List.of(key(), old));

    assertThat(ask(token)).isEqualTo(PROVEN);
    assertThat(SignedJWT.parse(tokens.issue(Caller.workload(REVIEWS), HOUR)).getHeader().getKeyID())
        .isNotEqualTo(old.getKeyID());
    keys = new TokenKeys(keys.keys().subList(0, 1));
    assertRefused(ask(token), Refusal.TOKEN_SIGNATURE, "not signed by a key of this authority");
  }

  private ECKey key() throws IOException {
    return TokenKeys.parse(TokenKeys.generate(random)).keys().getFirst();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject(REVIEWS.uri())
        .audience(WorkloadTokens.AUDIENCE)
        .expirationTime(Date.from(clock.instant().plusSeconds(60)));
  }

  private String signed(ECKey by, JWTClaimsSet claims) throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new ECDSASigner(by));
    return token.serialize();
  }

  @Test
  void tokensForOthersOfOthersAndOfNobodyAreRefused() throws Exception {
    ECKey ours = keys.keys().getFirst();

    assertRefused(
        ask(signed(ours, claims().audience("istio-ca").build())),
        Refusal.TOKEN_AUDIENCE,
        "[istio-ca] (expected: heddle-ca)");
    assertRefused(
        ask(signed(ours, claims().subject("spiffe://other/ns/a/sa/b").build())),
        Refusal.TRUST_DOMAIN,
        "expected: an identity of trust domain cluster.local");
    assertRefused(
        ask(signed(ours, claims().subject(null).build())), Refusal.TRUST_DOMAIN, "token of null");
    assertRefused(
        ask(signed(ours, claims().expirationTime(null).build())),
        Refusal.TOKEN_EXPIRED,
        "expired at no time");
    assertRefused(ask(signed(key(), claims().build())), Refusal.TOKEN_SIGNATURE, "not signed");
    assertRefused(ask("garbage"), Refusal.TOKEN_MALFORMED, "no signed JWT");
    assertRefused(ask(null), Refusal.NO_CREDENTIALS, "no credentials (expected: a token");
  }

  @Test
  void algorithmsThatTheTokenChoosesItselfAreRefused() throws Exception {
    ECKey ours = keys.keys().getFirst();
    String none = new PlainJWT(new PlainHeader(), claims().build()).serialize();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ours.getKeyID()).build();
    SignedJWT byPublicKey = new SignedJWT(header, claims().build());
    byPublicKey.sign(new MACSigner(ours.toECPublicKey().getEncoded()));
    String[] parts = tokens.issue(Caller.workload(REVIEWS), HOUR).split("\\.", -1);
    String[] others =
        tokens
            .issue(Caller.workload(SpiffeId.of("cluster.local", "bank", "vault")), HOUR)
            .split("\\.", -1);

    assertRefused(ask(none), Refusal.TOKEN_MALFORMED, "no signed JWT");
    assertRefused(ask(byPublicKey.serialize()), Refusal.TOKEN_SIGNATURE, "not signed");
    assertRefused(
        ask(parts[0] + "." + others[1] + "." + parts[2]), Refusal.TOKEN_SIGNATURE, "not signed");
    assertRefused(ask(parts[0] + "." + parts[1] + "."), Refusal.TOKEN_MALFORMED, "no signed JWT");
  }

  @Test
  void aCertificateOfTheMeshIsBelievedWhileItIsValid() throws Exception {
    X509Certificate[] chain = certificate(material, REVIEWS);

    assertThat(ask(null, chain)).isEqualTo(PROVEN);
    assertThat(ask(null, chain[0])).isEqualTo(PROVEN);
    clock.pass(HOUR.plusSeconds(1));
    assertRefused(ask(null, chain), Refusal.CERTIFICATE_EXPIRED, "or a token");
  }

  @Test
  void anExpiredCertificateDoesNotStandInTheWayOfAToken() throws Exception {
    X509Certificate[] chain = certificate(material, REVIEWS);
    clock.pass(HOUR.plusSeconds(1));

    assertThat(ask(tokens.issue(Caller.workload(REVIEWS), HOUR), chain)).isEqualTo(PROVEN);
  }

  @Test
  void certificatesOfOthersAreRefused() throws Exception {
    Issuer foreign = RootCertificate.make("cluster.local", clock.instant(), random);
    CaMaterial foreigner = new CaMaterial(foreign, foreign.chain());

    assertRefused(
        ask(null, certificate(foreigner, REVIEWS)),
        Refusal.CERTIFICATE_UNTRUSTED,
        "certificate that is not valid");
    assertRefused(
        ask(null, certificate(material, SpiffeId.of("other", "shop", "reviews"))),
        Refusal.TRUST_DOMAIN,
        "expected: trust domain cluster.local");
    assertRefused(
        ask(null, material.issuer().root()), Refusal.CERTIFICATE_IDENTITY, "not a client's");
  }

  @Test
  void aCertificateWhoseIssuerIsNoAuthorityIsRefused() throws Exception {
    Issuer usurper = Intermediates.usurper(material.issuer(), clock.instant());
    CaMaterial forged = new CaMaterial(usurper, material.roots());

    assertRefused(
        ask(null, certificate(forged, SpiffeId.of("cluster.local", "bank", "vault"))),
        Refusal.CERTIFICATE_UNTRUSTED,
        "certificate that is not valid");
  }

  @Test
  void bothRootsAreBelievedWhileTheyChange() throws Exception {
    X509Certificate[] old = certificate(material, REVIEWS);
    Issuer next = RootCertificate.make("cluster.local", clock.instant(), random);
    CaMaterial before = material;
    material = new CaMaterial(next, List.of(before.issuer().root(), next.root()));

    assertThat(ask(null, old)).isEqualTo(PROVEN);
    assertThat(ask(null, certificate(material, REVIEWS))).isEqualTo(PROVEN);
    material = new CaMaterial(next, next.chain());
    assertRefused(ask(null, old), Refusal.CERTIFICATE_UNTRUSTED, "certificate");
  }

  @Test
  void theSameWrongTokenIsSoonAnsweredUncheckedAndHarmsNobodyElse() {
    for (int i = 0; i < 5; i++) {
      assertRefused(ask("wrong"), Refusal.TOKEN_MALFORMED, "no signed JWT");
    }
    assertRefused(ask("wrong"), Refusal.TOO_MANY_FAILURES, "at most 5 tries");
    assertThat(ask(tokens.issue(Caller.workload(REVIEWS), HOUR))).isEqualTo(PROVEN);
    clock.pass(Duration.ofSeconds(10));
    assertRefused(ask("wrong"), Refusal.TOKEN_MALFORMED, "no signed JWT");
  }

  @Test
  void anAddressThatTriesManyTokensIsNotHeardForAWhile() {
    for (int i = 0; i < 200; i++) {
      assertRefused(ask("wrong" + i), Refusal.TOKEN_MALFORMED, "no signed JWT");
    }
    String good = tokens.issue(Caller.workload(REVIEWS), HOUR);
    assertRefused(ask(good), Refusal.TOO_MANY_FAILURES, "refused too often");
    assertThat(authenticator.authenticate(new Credentials("10.0.0.2", good, List.of())))
        .isEqualTo(PROVEN);
    clock.pass(Duration.ofSeconds(1));
    assertThat(ask(good)).isEqualTo(PROVEN);
  }
}
