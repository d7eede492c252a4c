package dev.heddle.policy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens signed by the JDK; those of another implementation are verified where control is tested.
 */
class TokenVerifierTest {

  private static final long NOW = 1_800_000_000L;
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k\"}";
  private static final String CLAIMS =
      "{\"iss\":\"https://a.com\",\"sub\":\"ann\",\"aud\":[\"shop\",\"lab\"],\"exp\":1800000600}";

  private static KeyPair rsa;

  @BeforeAll
  static void makeKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    rsa = generator.generateKeyPair();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String token(String header, String claims) {
    try {
      String signed = part(header) + '.' + part(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(rsa.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JwtRule.Builder rule(String... algorithms) {
    String key = Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded());
    return JwtRule.builder()
        .issuer("https://a.com")
        .keys(Collections.singletonList(JwtKey.of("k", Arrays.asList(algorithms), key)));
  }

  private static String reason(String token) {
    return TokenVerifier.verify(rule("RS256").build(), token, NOW).reason();
  }

  @Test
  void aTokenOfTheIssuerIsBelieved() {
    VerifiedToken verified =
        TokenVerifier.verify(rule("RS256").build(), token(HEADER, CLAIMS), NOW);

    assertThat(verified.reason()).isEmpty();
    assertThat(verified.claims()).isNotNull();
    assertThat(verified.headers()).isEmpty();
  }

  @Test
  void headersAreMadeOfClaimsThatAreATextANumberOrABoolean() {
    String claims =
        "{\"iss\":\"https://a.com\",\"sub\":\"ann\",\"n\":7,\"b\":true,\"list\":[\"x\"],\"empty\":\"\","
            + "\"scope\":\"read write\",\"org\":{\"team\":\"red\"},\"https://a.com/role\":\"cook\","
            + "\"split\":\"a\\r\\nx-admin: yes\"}";
    Map<String, String> outputs = new HashMap<>();
    for (String claim :
        Arrays.asList(
            "sub", "n", "b", "list", "empty", "scope", "org.team", "https://a.com/role", "split")) {
      outputs.put("x-" + claim, claim);
    }
    outputs.put("x-none", "org.team.none");
    JwtRule rule =
        rule("RS256")
            .outputPayloadToHeader("x-payload")
            .outputClaimToHeaders(outputs)
            .spaceDelimitedClaims(Collections.singletonList("scope"))
            .build();
    Map<String, String> made = new HashMap<>();
    made.put("x-payload", part(claims));
    made.put("x-sub", "ann");
    made.put("x-n", "7");
    made.put("x-b", "true");
    made.put("x-scope", "read write");
    made.put("x-org.team", "red");
    made.put("x-https://a.com/role", "cook");
    assertThat(TokenVerifier.verify(rule, token(HEADER, claims), NOW).headers()).isEqualTo(made);
    assertThat(rule.madeHeaders()).contains("x-payload", "x-sub", "x-none");
  }

  @Test
  void aTokenIsFoundInTheHeadersThatHoldIt() {
    Map<String, String> headers = new HashMap<>();
    headers.put("authorization", "bearer a.b.c");
    headers.put("x-token", "a.b.c");
    assertThat(TokenLocations.headersOf(JwtRule.builder().build(), "a.b.c", headers::get))
        .containsExactly("authorization");
    JwtRule named =
        JwtRule.builder()
            .fromHeaders(Collections.singletonList(JwtHeader.of("x-token", "")))
            .build();
    assertThat(TokenLocations.headersOf(named, "a.b.c", headers::get)).containsExactly("x-token");
    assertThat(TokenLocations.headersOf(named, "a.b.d", headers::get)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"none\",\"kid\":\"k\"} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":\"None\"} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":\"HS256\",\"kid\":\"k\"} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":\"PS256\",\"kid\":\"k\"} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":\"RS256\",\"kid\":\"other\"} | no key of its issuer is for its algorithm and key id",
        "{\"kid\":\"k\"} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":[\"RS256\"]} | no key of its issuer is for its algorithm and key id",
        "{\"alg\":\"RS256\",\"crit\":[\"exp\"]} | it asks for extensions that are not known",
        "{\"alg\":\"RS256\",\"alg\":\"none\"} | it is malformed: JSON of the token at 20 (expected: each name once)",
        "[] | it is malformed: JSON of the token at 0 (expected: an object)"
      })
  void aHeaderThatMisleadsIsRefused(String header, String reason) {
    assertThat(reason(token(header, CLAIMS))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"iss\":\"https://b.com\"} | its issuer is not configured",
        "{\"sub\":\"ann\"} | its issuer is not configured",
        "{\"iss\":[\"https://a.com\"]} | its issuer is not configured",
        "{\"iss\":\"https://a.com\",\"exp\":1799999900} | it is expired",
        "{\"iss\":\"https://a.com\",\"exp\":\"1900000000\"} | its times are no numbers",
        "{\"iss\":\"https://a.com\",\"nbf\":1800000100} | it is not yet valid",
        "{\"iss\":\"https://a.com\",\"iss\":\"https://a.com\"} | it is malformed: JSON of the token at 28 (expected: each name once)"
      })
  void claimsThatAreNotAllowedAreRefused(String claims, String reason) {
    assertThat(reason(token(HEADER, claims))).isEqualTo(reason);
  }

  @Test
  void clocksMayDifferByAMinute() {
    assertThat(reason(token(HEADER, "{\"iss\":\"https://a.com\",\"exp\":1799999945}"))).isEmpty();
    assertThat(reason(token(HEADER, "{\"iss\":\"https://a.com\",\"nbf\":1800000055}"))).isEmpty();
  }

  @Test
  void anAudienceMustBeOneOfThoseAllowed() {
    String token = token(HEADER, CLAIMS);
    JwtRule.Builder rule = rule("RS256");

    assertThat(verify(rule.audiences(Collections.singletonList("lab")), token)).isEmpty();
    assertThat(verify(rule.audiences(Collections.singletonList("bank")), token))
        .isEqualTo("its audience is not allowed");
  }

  private static String verify(JwtRule.Builder rule, String token) {
    return TokenVerifier.verify(rule.build(), token, NOW).reason();
  }

  @Test
  void aSignatureOfThePublicKeyAsASecretIsRefused() throws GeneralSecurityException {
    String signed = part("{\"alg\":\"HS256\",\"kid\":\"k\"}") + '.' + part(CLAIMS);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(rsa.getPublic().getEncoded(), "HmacSHA256"));
    String forged = signed + '.' + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));

    assertThat(reason(forged)).startsWith("no key of its issuer");
    assertThat(verify(rule("HS256"), forged)).contains("algorithm HS256 is not known");
  }

  @Test
  void anyBitThatIsChangedBreaksTheSignature() {
    String token = token(HEADER, CLAIMS);
    String other = token(HEADER, CLAIMS.replace("ann", "bob"));
    String[] parts = token.split("\\.", -1);
    String[] others = other.split("\\.", -1);

    assertThat(reason(parts[0] + '.' + others[1] + '.' + parts[2]))
        .isEqualTo("its signature is wrong");
    assertThat(reason(parts[0] + '.' + parts[1] + '.')).isEqualTo("its signature is wrong");
    assertThat(verify(rule("RS256").keys(Collections.emptyList()), token))
        .startsWith("no key of its issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c.d",
        "e30.e30.",
        "e30=.e30.e30",
        "!.e30.e30",
        "e30.bnVsbA.e30"
      })
  void whatIsNoTokenIsRefusedAndNeverThrows(String text) {
    assertThat(reason(text)).isNotEmpty();
  }

  @Test
  void theZerosThatOldJdksTookForAnySignatureAreRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    JwtRule rule =
        rule("ES256")
            .keys(
                Collections.singletonList(JwtKey.of("k", Collections.singletonList("ES256"), key)))
            .build();
    String signed = part("{\"alg\":\"ES256\",\"kid\":\"k\"}") + '.' + part(CLAIMS);

    assertThat(TokenVerifier.verify(rule, signed + '.' + base64(new byte[64]), NOW).reason())
        .isEqualTo("its signature is wrong");
  }

  @Test
  void tokensAreFoundWhereTheRuleSays() {
    JwtRule byDefault = JwtRule.builder().build();
    JwtRule own =
        JwtRule.builder()
            .fromHeaders(Collections.singletonList(JwtHeader.of("x-jwt", "jwt ")))
            .fromParams(Collections.singletonList("t"))
            .fromCookies(Collections.singletonList("c"))
            .build();

    assertThat(found(byDefault, "authorization", "bearer a")).containsExactly("a");
    assertThat(found(byDefault, "authorization", "Basic a")).isEmpty();
    assertThat(found(byDefault, "access_token", "a")).containsExactly("a");
    assertThat(found(own, "authorization", "Bearer a")).isEmpty();
    assertThat(found(own, "x-jwt", "jwt a")).containsExactly("a");
    assertThat(found(own, "t", "a")).containsExactly("a");
    assertThat(found(own, "c", "a")).containsExactly("a");
  }

  private static List<String> found(JwtRule rule, String name, String value) {
    return TokenLocations.tokens(
        rule,
        header -> header.equals(name) ? value : null,
        parameter -> parameter.equals(name) ? value : null,
        cookie -> cookie.equals(name) ? value : null);
  }
}
