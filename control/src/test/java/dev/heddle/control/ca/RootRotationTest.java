package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.control.ca.RootRotation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootRotationTest {

  private static final Duration LIFETIME = Duration.ofHours(2);

  @TempDir private Path parent;
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private CaDirectory directory;
  private RootRotation rotation;
  private X509Certificate old;

  @BeforeEach
  void start() throws IOException {
    directory = new CaDirectory(parent.resolve("ca"), clock, random);
    old = directory.open("cluster.local").issuer().root();
    rotation = new RootRotation(parent.resolve("ca"), "cluster.local", LIFETIME, clock, random);
  }

  /** Files carry the machine's time, not the test's. */
  private void written(String name) throws IOException {
    Files.setLastModifiedTime(directory.file(name), FileTime.from(clock.instant()));
  }

  @Test
  void theNewRootIsTrustedThenSignsAndThenTheOldOneGoes() throws IOException {
    assertThat(rotation.step(true)).isInstanceOf(Outcome.Staged.class);
    CaMaterial staged = directory.load();
    assertThat(staged.issuer().root()).isEqualTo(old);
    assertThat(staged.roots()).hasSize(2).first().isEqualTo(old);

    assertThat(rotation.step(false)).isInstanceOf(Outcome.Switched.class);
    CaMaterial switched = directory.load();
    assertThat(switched.issuer().root()).isEqualTo(staged.roots().get(1));
    assertThat(switched.roots()).isEqualTo(staged.roots());

    assertThat(rotation.step(false)).isInstanceOf(Outcome.Finished.class);
    assertThat(directory.load().roots()).containsExactly(switched.issuer().root());
    assertThat(rotation.step(true)).isInstanceOf(Outcome.Staged.class);
  }

  @Test
  void aStepWaitsUntilAllCanKnowOfTheOneBefore() throws IOException {
    rotation.step(true);
    written(CaFiles.ROOTS);
    assertThat(rotation.step(true))
        .isEqualTo(new Outcome.TooEarly(clock.instant().plusSeconds(60)));
    clock.pass(Duration.ofSeconds(60));
    assertThat(rotation.step(true)).isInstanceOf(Outcome.Switched.class);

    written(CaFiles.RETIRED);
    assertThat(rotation.step(true)).isEqualTo(new Outcome.TooEarly(clock.instant().plus(LIFETIME)));
    clock.pass(LIFETIME);
    assertThat(rotation.step(true)).isInstanceOf(Outcome.Finished.class);
  }

  @Test
  void aStepThatWasCutOffIsDoneAgain() throws IOException {
    rotation.step(true);
    Files.writeString(directory.file(CaFiles.ROOTS), Pem.of(old));
    assertThat(rotation.step(true)).isInstanceOf(Outcome.Staged.class);
    assertThat(directory.load().roots()).hasSize(2);

    // The key was put in place, its certificate was not.
    Files.copy(
        directory.file(CaFiles.NEXT_KEY),
        directory.file(CaFiles.KEY),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(directory::load).hasMessageContaining("not that of the certificate");
    assertThat(rotation.step(false)).isInstanceOf(Outcome.Switched.class);
    assertThat(directory.load().issuer().root()).isNotEqualTo(old);
  }

  @Test
  void anotherAuthoritysIntermediateIsNotReplaced() throws Exception {
    Issuer root = RootCertificate.make("cluster.local", clock.instant(), random);
    Issuer plugged = Intermediates.of(root, clock.instant());
    Files.writeString(directory.file("ca-cert.pem"), Pem.of(plugged.certificate()));
    Files.writeString(directory.file("ca-key.pem"), Pem.of(plugged.key()));
    Files.writeString(directory.file("root-cert.pem"), Pem.of(List.of(root.certificate())));

    assertThatThrownBy(() -> rotation.step(true))
        .hasMessageContaining("was signed by another authority");
  }
}
