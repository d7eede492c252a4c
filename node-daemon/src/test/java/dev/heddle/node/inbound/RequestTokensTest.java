package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the app gets to see of tokens; TokenVerifierTest is about which of them are believed. */
final class RequestTokensTest {

  private static final long NOW_MILLIS = 1_800_000_000_000L;
  private static final String CLAIMS = "{\"iss\":\"https://a.com\",\"sub\":\"ann\"}";

  private final KeyPair keys = keys();
  private final HttpRequest request =
      new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

  @Test
  void theAppSeesWhatRulesMakeOfATokenAndNotTheToken() {
    request.headers().set("authorization", "Bearer " + token(CLAIMS));
    request.headers().set("x-user", "root");

    assertThat(believed(rule(false))).isTrue();
    assertThat(request.headers().getAll("x-user")).containsExactly("ann");
    assertThat(request.headers().contains("authorization")).isFalse();
  }

  @Test
  void aTokenThatIsForwardedStays() {
    request.headers().set("authorization", "Bearer " + token(CLAIMS));

    assertThat(believed(rule(true))).isTrue();
    assertThat(request.headers().contains("authorization")).isTrue();
  }

  @Test
  void nobodyElseMakesTheHeadersOfTokens() {
    request.headers().set("X-User", "root");

    assertThat(believed(rule(false))).isTrue();
    assertThat(request.headers().contains("x-user")).isFalse();
  }

  @Test
  void aTokenThatNoRuleBelievesRefusesTheRequest() {
    request.headers().set("authorization", "Bearer " + token(CLAIMS) + "x");

    assertThat(believed(rule(false))).isFalse();
  }

  private boolean believed(JwtRule rule) {
    RequestFacts facts = new RequestFacts(request, RequestTarget.of(request));
    return new RequestTokens(List.of(rule)).disbelief(facts, request, () -> NOW_MILLIS) == null;
  }

  private JwtRule rule(boolean forward) {
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    return JwtRule.builder()
        .issuer("https://a.com")
        .keys(List.of(JwtKey.of("k", List.of("RS256"), key)))
        .forwardOriginalToken(forward)
        .outputClaimToHeaders(Map.of("x-user", "sub"))
        .build();
  }

  private String token(String claims) {
    try {
      String signed = part("{\"alg\":\"RS256\",\"kid\":\"k\"}") + '.' + part(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + '.' + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return base64(json.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
