package dev.heddle.policy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Whoever changes tokens of an issuer and does not hold its keys makes none that is believed. The
 * keys that signed the seeds were never kept.
 */
final class TokenVerifierFuzzTest {

  private static final long NOW = 1_800_000_000L;
  private static final String CLAIMS =
      "{\"iss\":\"https://a.com\",\"sub\":\"ann\",\"aud\":[\"shop\"],\"exp\":1800000600}";
  private static final List<String> ALGORITHMS = Arrays.asList("ES256", "RS256", "PS256", "EdDSA");

  private static final String EC =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENBizK3KveFPJMclZ/MwBKguZ2Nzj7LvFUt8Z/rvN"
          + "Adh9Rb8ZQ+MyxE8qw5NOUSWTegFUWJieH3g7Neb2lMclLQ==";
  private static final String RSA =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxMmtKIgeoIgBNtlpU84idcadiZanT/s1"
          + "7MEphs1I6RpDbwIFnAF7WWchXZ1PgzX8sV2QlblNpY9EkLOd3Js1VVSGsNyvv+Yh6cOVEEgptQZj"
          + "kByyNS9M+nXdUyaN2Qar2RZjLOAQKmSsiBoqn5BzaVT2DNhDbhgHTfJ1GR0rBIITF/SAqd1sJfW7"
          + "fw+is2l69Ez0wlQc85yPGgUVyaGTUbtBk96VM0ABAhOoC5eIJMW/Jrg67QZkfHbgVJBTexLIF8PA"
          + "XbOaNnIcbM/3o27IEO7CDXOGOIhoFxURDuSz3R4DTv43DQFx/X/7ra7jkAtzifZ8TPLTkalss01q"
          + "L9LIzQIDAQAB";
  private static final String EDWARDS =
      "MCowBQYDK2VwAyEAe2eSXnsrDyq52ZkzNCX1md+kMCLjL3VfYscN6oXTSEQ=";

  private static final JwtRule RULE =
      JwtRule.builder()
          .issuer("https://a.com")
          .keys(
              Arrays.asList(
                  JwtKey.of("k", Collections.singletonList("ES256"), EC),
                  JwtKey.of("k", Arrays.asList("RS256", "PS256"), RSA),
                  JwtKey.of("k", Collections.singletonList("EdDSA"), EDWARDS)))
          .build();

  private static final Set<String> SIGNED = new HashSet<>();

  static {
    for (String algorithm : ALGORITHMS) {
      String token = seed(algorithm);
      assertThat(TokenVerifier.verify(RULE, token, NOW).reason()).as(algorithm).isEmpty();
      SIGNED.add(signedPart(token));
      assertThat(signedPart(token))
          .isEqualTo(part("{\"alg\":\"" + algorithm + "\",\"kid\":\"k\"}") + '.' + part(CLAIMS));
    }
  }

  private static String seed(String algorithm) {
    String name =
        "TokenVerifierFuzzTestInputs/nobodyMakesATokenThatIsBelieved/"
            + algorithm.toLowerCase(Locale.ROOT);
    try (InputStream in = TokenVerifierFuzzTest.class.getResourceAsStream(name);
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(
                    Objects.requireNonNull(in, name), StandardCharsets.US_ASCII))) {
      return Objects.requireNonNull(text.readLine(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String signedPart(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  @FuzzTest
  void nobodyMakesATokenThatIsBelieved(byte[] bytes) {
    String token = new String(bytes, StandardCharsets.ISO_8859_1);
    VerifiedToken verified = TokenVerifier.verify(RULE, token, NOW);
    if (verified.claims() == null) {
      assertThat(verified.reason()).isNotEmpty();
    } else {
      assertThat(signedPart(token)).isIn(SIGNED);
    }
  }
}
