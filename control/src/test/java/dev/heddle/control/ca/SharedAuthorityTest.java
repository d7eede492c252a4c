package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.control.ca.RootRotation.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedAuthorityTest {

  private static final Duration LIFETIME = Duration.ofHours(24);

  @TempDir private Path parent;
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();

  private SharedAuthority in(String name) {
    return new SharedAuthority(parent.resolve(name), clock, random);
  }

  private CaMaterial material(String name) throws IOException {
    return new CaDirectory(parent.resolve(name), clock, random).load();
  }

  private RootRotation rotation(String name) {
    return new RootRotation(parent.resolve(name), "cluster.local", LIFETIME, clock, random);
  }

  @Test
  void twoDirectoriesWithTheSameFilesSignAlike() throws IOException {
    Map<String, String> files = in("one").openOrMake("cluster.local");
    in("two").become(files, clock.instant());

    assertThat(material("two")).isEqualTo(material("one"));
    assertThat(in("two").files()).isEqualTo(files);
    assertThat(in("two").openOrMake("cluster.local")).isEqualTo(files);
  }

  @Test
  void keysOfTokensAreNotShared() throws IOException {
    new CaDirectory(parent.resolve("one"), clock, random).tokenKeys();

    assertThat(in("one").openOrMake("cluster.local"))
        .containsOnlyKeys("ca-cert.pem", "ca-key.pem", "root-cert.pem");
  }

  @Test
  void whatIsNoLongerThereGoes() throws IOException {
    Map<String, String> before = in("one").openOrMake("cluster.local");
    rotation("one").step(false);
    in("one").become(before, clock.instant());

    assertThat(in("one").files()).isEqualTo(before);
  }

  @Test
  void filesThatAreNoAuthorityChangeNothing() throws IOException {
    Map<String, String> before = in("one").openOrMake("cluster.local");
    Map<String, String> broken = new TreeMap<>(before);
    broken.remove("ca-key.pem");

    assertThatThrownBy(() -> in("one").become(broken, clock.instant()))
        .isInstanceOf(IOException.class)
        .hasMessage("no ca-key.pem (expected: [ca-cert.pem, ca-key.pem, root-cert.pem])");
    assertThat(in("one").files()).isEqualTo(before);
  }

  @Test
  void aRotationGoesOnInAnotherDirectoryAndWaitsAsInTheFirst() throws IOException {
    in("one").openOrMake("cluster.local");
    rotation("one").step(true);
    in("two").become(in("one").files(), clock.instant());

    assertThat(rotation("two").step(true))
        .isEqualTo(new Outcome.TooEarly(clock.instant().plusSeconds(60)));
    clock.pass(Duration.ofSeconds(60));
    assertThat(rotation("two").step(true)).isInstanceOf(Outcome.Switched.class);
  }
}
