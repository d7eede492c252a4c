package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaDirectoryTest {

  @TempDir private Path parent;
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();

  private CaDirectory directory(String name) {
    return new CaDirectory(parent.resolve(name), clock, random);
  }

  @Test
  void aRootIsMadeOnceAndKept() throws IOException {
    CaMaterial first = directory("ca").open("cluster.local");

    assertThat(directory("ca").open("cluster.local")).isEqualTo(first);
    assertThat(first.issuer().root().getSubjectX500Principal().getName()).contains("cluster.local");
    assertThat(first.issuer().root().getKeyUsage()).startsWith(false, false, false, false, false);
    assertThat(first.issuer().root().getKeyUsage()[5]).isTrue();
  }

  @Test
  void itsFilesAreTheOwnersAndNothingElseIsLeft() throws IOException {
    CaDirectory made = directory("ca");
    made.open("cluster.local");
    made.tokenKeys();

    try (Stream<Path> files = Files.list(parent.resolve("ca"))) {
      assertThat(files.toList())
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "ca-cert.pem", "ca-key.pem", "root-cert.pem", "token-keys.json", ".lock");
    }
    assertThat(mode(parent.resolve("ca"))).isEqualTo("rwx------");
    assertThat(made.keysOpenToOthers()).isEmpty();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void anIntermediatePluggedInUnderIstiosNamesSigns() throws Exception {
    CaMaterial plugged = plugIn("ca");

    IssuedCertificate issued = signed(plugged);
    assertThat(issued.chain()).hasSize(3);
    assertThat(issued.chain().get(1)).isEqualTo(plugged.issuer().certificate());
    issued.chain().get(0).verify(issued.chain().get(1).getPublicKey());
    issued.chain().get(1).verify(issued.chain().get(2).getPublicKey());
    assertThat(plugged.roots()).containsExactly(issued.chain().get(2));
  }

  private IssuedCertificate signed(CaMaterial material) throws Exception {
    return new CertificateAuthority(() -> material, Duration.ofHours(1), clock, random)
        .sign(
            Caller.workload(SpiffeId.of("cluster.local", "a", "b")),
            Requests.of(Requests.ec("secp256r1")),
            Duration.ZERO);
  }

  private CaMaterial plugIn(String name) throws Exception {
    Issuer root = RootCertificate.make("cluster.local", clock.instant(), random);
    Issuer intermediate = Intermediates.of(root, clock.instant());
    Path at = Files.createDirectory(parent.resolve(name));
    Files.writeString(at.resolve("ca-cert.pem"), Pem.of(intermediate.certificate()));
    Files.writeString(at.resolve("ca-key.pem"), Pem.of(intermediate.key()));
    Files.writeString(at.resolve("cert-chain.pem"), Pem.of(intermediate.chain()));
    Files.writeString(at.resolve("root-cert.pem"), Pem.of(root.certificate()));
    return directory(name).open("cluster.local");
  }

  @Test
  void keysThatOthersCanReadAreTold() throws Exception {
    plugIn("ca");

    assertThat(directory("ca").keysOpenToOthers())
        .singleElement()
        .asString()
        .endsWith("ca-key.pem");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    directory("ca").open("cluster.local");
    Issuer other = RootCertificate.make("cluster.local", clock.instant(), random);
    Files.writeString(parent.resolve("ca/ca-key.pem"), Pem.of(other.key()));

    assertThatThrownBy(() -> directory("ca").load())
        .hasMessageContaining("the private key is not that of the certificate");
  }

  @Test
  void aCertificateThatNoRootSignedIsRefused() throws Exception {
    CaMaterial made = directory("ca").open("cluster.local");
    Issuer other = RootCertificate.make("cluster.local", clock.instant(), random);
    Files.writeString(parent.resolve("ca/root-cert.pem"), Pem.of(other.certificate()));

    assertThat(made.roots()).doesNotContain(other.certificate());
    assertThatThrownBy(() -> directory("ca").load()).hasMessageContaining("which no root signed");
  }

  @Test
  void aLeafCannotBePluggedIn() throws Exception {
    CaMaterial made = directory("ca").open("cluster.local");
    X509Certificate leaf = signed(made).chain().getFirst();
    Files.writeString(parent.resolve("ca/ca-cert.pem"), Pem.of(leaf));

    assertThatThrownBy(() -> directory("ca").load()).hasMessageContaining("may not sign others");
  }

  @Test
  void partsAndGarbageAreToldByTheirFile() throws IOException {
    Path ca = Files.createDirectory(parent.resolve("ca"));
    Files.writeString(ca.resolve("ca-key.pem"), "a key");
    assertThatThrownBy(() -> directory("ca").open("cluster.local"))
        .hasMessageContaining("ca-key.pem is there without ca-cert.pem");

    Files.writeString(ca.resolve("ca-cert.pem"), "garbage");
    Files.writeString(ca.resolve("root-cert.pem"), "garbage");
    assertThatThrownBy(() -> directory("ca").open("cluster.local"))
        .hasMessageContaining("root-cert.pem: no certificate (expected");
    assertThat(List.of(ca.toFile().list())).contains("ca-key.pem");
  }
}
