package dev.heddle.control.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever changes requests and does not hold their keys proves no other key. The keys that signed
 * the seeds were never kept.
 */
final class SigningRequestFuzzTest {

  private static final String SEEDS = "SigningRequestFuzzTestInputs/nobodyProvesAKeyThatIsNotHis/";

  private static final Set<PublicKey> PROVEN =
      List.of("ec-p256.der", "ec-p384-wishes.der", "rsa.der", "pem").stream()
          .map(SigningRequestFuzzTest::keyOf)
          .collect(Collectors.toUnmodifiableSet());

  private static PublicKey keyOf(String seed) {
    try (InputStream in = SigningRequestFuzzTest.class.getResourceAsStream(SEEDS + seed)) {
      return SigningRequest.provenKey(text(Objects.requireNonNull(in, seed).readAllBytes()));
    } catch (IOException | RefusedRequestException e) {
      throw new AssertionError(seed, e);
    }
  }

  /** PEM as it is, other bytes as what it would hold. */
  private static String text(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == '-'
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : Pem.of("CERTIFICATE REQUEST", bytes);
  }

  @FuzzTest
  void nobodyProvesAKeyThatIsNotHis(byte[] bytes) {
    PublicKey key;
    try {
      key = SigningRequest.provenKey(text(bytes));
    } catch (RefusedRequestException e) {
      assertThat(e).hasMessageContaining("expected: ");
      return;
    }
    assertThat(key).isIn(PROVEN);
  }
}
