package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

  private static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "shop", "reviews");
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private CaMaterial material;
  private CertificateAuthority authority;

  @BeforeEach
  void start() throws IOException {
    SecureRandom random = new SecureRandom();
    material = new CaDirectory(directory, clock, random).open("cluster.local");
    authority = new CertificateAuthority(() -> material, DAY, clock, random);
  }

  private X509Certificate signed(String csr) throws Exception {
    return authority.sign(Caller.workload(REVIEWS), csr, Duration.ZERO).chain().getFirst();
  }

  @Test
  void aCertificateNamesTheCallerAndNothingElse() throws Exception {
    KeyPair keys = Requests.ec("secp256r1");

    IssuedCertificate issued =
        authority.sign(Caller.workload(REVIEWS), Requests.of(keys), Duration.ZERO);

    X509Certificate leaf = issued.chain().getFirst();
    assertThat(leaf.getVersion()).isEqualTo(3);
    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
    assertThat(leaf.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "spiffe://cluster.local/ns/shop/sa/reviews"));
    assertThat(leaf.getCriticalExtensionOIDs()).contains("2.5.29.17");
    assertThat(leaf.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getPublicKey()).isEqualTo(keys.getPublic());
    leaf.verify(material.issuer().root().getPublicKey());
    assertThat(issued.chain().getLast()).isEqualTo(material.roots().getFirst());
  }

  @Test
  void whatTheRequestWishesForIsNotHeard() throws Exception {
    X509Certificate leaf = signed(Requests.greedy(Requests.ec("secp256r1")));

    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
    assertThat(leaf.getSubjectAlternativeNames())
        .containsExactly(List.of(6, "spiffe://cluster.local/ns/shop/sa/reviews"));
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void keysOfAllKindsThatArePromisedAreSigned() throws Exception {
    assertThat(signed(Requests.of(Requests.rsa(2048))).getKeyUsage()).startsWith(true, false, true);
    assertThat(signed(Requests.of(Requests.ec("secp384r1"))).getKeyUsage())
        .startsWith(true, false, false);
  }

  @Test
  void aLifetimeIsCappedAndBackdated() throws Exception {
    String csr = Requests.of(Requests.ec("secp256r1"));
    Instant now = clock.instant();

    X509Certificate usual =
        authority.sign(Caller.workload(REVIEWS), csr, Duration.ofDays(400)).chain().getFirst();
    X509Certificate brief =
        authority.sign(Caller.workload(REVIEWS), csr, Duration.ofSeconds(5)).chain().getFirst();

    assertThat(usual.getNotAfter()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(usual.getNotBefore()).isEqualTo(Instant.parse("2026-11-21T09:58:00Z"));
    assertThat(brief.getNotAfter().toInstant()).isBeforeOrEqualTo(now.plusSeconds(5));
    assertThat(brief.getNotBefore().toInstant()).isBetween(now.minusSeconds(2), now);
  }

  @Test
  void nothingOutlivesTheRootAndAnExpiredRootSignsNothing() throws Exception {
    String csr = Requests.of(Requests.ec("secp256r1"));
    Instant end = material.issuer().notAfter();

    clock.pass(Duration.between(clock.instant(), end).minusSeconds(60));
    assertThat(signed(csr).getNotAfter()).isEqualTo(end);
    clock.pass(Duration.ofSeconds(61));
    assertThatThrownBy(() -> signed(csr)).hasMessageContaining("the authority's own certificate");
  }

  @TestFactory
  Stream<DynamicTest> hostileRequestsAreRefusedWithAReason() throws Exception {
    KeyPair mine = Requests.ec("secp256r1");
    KeyPair other = Requests.ec("secp256r1");
    String good = Requests.of(mine);
    byte[] der = Base64.getMimeDecoder().decode(good.replaceAll("-----[^-]+-----", ""));
    byte[] flipped = der.clone();
    flipped[flipped.length - 5] ^= 1;
    byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
    byte[] nested = new byte[8000];
    for (int i = 0; i < nested.length; i += 4) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) ((nested.length - i - 4) >> 8);
      nested[i + 3] = (byte) (nested.length - i - 4);
    }
    return Stream.of(
        refused("of another's key", request(other.getPublic(), mine), "not its key's"),
        refused("changed on its way", pem(flipped), "not its key's"),
        refused("with something after it", pem(longer), "cannot be read"),
        refused("nested deeply", pem(nested), "cannot be read"),
        refused("of RSA 1024", Requests.of(Requests.rsa(1024)), "RSA key of 1024 bits"),
        refused("of a curve unknown", Requests.of(Requests.ec("secp521r1")), "EC key of 521 bits"),
        refused(
            "signed by SHA-1",
            Requests.of(mine.getPublic(), mine.getPrivate(), "SHA1withECDSA"),
            "signed by algorithm"),
        refused(
            "of Ed25519",
            Requests.of(ed25519.getPublic(), ed25519.getPrivate(), "Ed25519"),
            "EdDSA"),
        refused("empty", "", "one PEM object"),
        refused("no PEM", "hello", "one PEM object"),
        refused("two at once", good + good, "one PEM object"),
        refused("a certificate", Pem.of(material.roots().getFirst()), "one PEM object"),
        refused("no Base64", good.replace('M', '!'), "cannot be read"),
        refused("too long", good + "\n".repeat(SigningRequest.MAX_CHARS), "at most 16384"));
  }

  private final KeyPair ed25519 = ed25519();

  private static KeyPair ed25519() {
    try {
      return java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String request(PublicKey key, KeyPair signer) throws Exception {
    return Requests.of(key, signer.getPrivate(), "SHA256withECDSA");
  }

  private static String pem(byte[] der) {
    return Pem.of("CERTIFICATE REQUEST", der);
  }

  private DynamicTest refused(String name, String csr, String reason) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertThatThrownBy(() -> signed(csr))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining(reason));
  }

  @Test
  void opensslTakesTheChainAndItsRequestIsTaken() throws Exception {
    Path key = directory.resolve("key.pem");
    Path csr = directory.resolve("csr.pem");
    openssl(
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=me -keyout "
            + key
            + " -out "
            + csr);
    SecureRandom random = new SecureRandom();
    CertificateAuthority present =
        new CertificateAuthority(() -> material, DAY, java.time.InstantSource.system(), random);
    IssuedCertificate issued =
        present.sign(Caller.workload(REVIEWS), Files.readString(csr), Duration.ZERO);
    Path leaf = Files.writeString(directory.resolve("leaf.pem"), issued.pem().getFirst());

    String root = directory.resolve(CaFiles.ROOTS).toString();
    assertThat(openssl("verify -x509_strict -purpose sslclient -CAfile " + root + " " + leaf))
        .contains("leaf.pem: OK");
    assertThat(openssl("verify -x509_strict -purpose sslserver -CAfile " + root + " " + leaf))
        .contains("leaf.pem: OK");
    assertThat(openssl("x509 -noout -text -in " + leaf))
        .contains("URI:spiffe://cluster.local/ns/shop/sa/reviews");
  }

  private String openssl(String arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("openssl"), Stream.of(arguments.split(" "))).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }
}
