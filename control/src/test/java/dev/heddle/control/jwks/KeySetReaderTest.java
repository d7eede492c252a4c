package dev.heddle.control.jwks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authn.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets as issuers publish them, and tokens that another implementation signs with them. */
class KeySetReaderTest {

  private static final long NOW = 1_800_000_000L;

  private static String publish(JWK... keys) {
    return new JWKSet(Arrays.asList(keys)).toPublicJWKSet().toString();
  }

  private static String reason(String jwks, String token) {
    JwtRule rule = JwtRule.builder().issuer("https://a.com").keys(KeySetReader.read(jwks)).build();
    return TokenVerifier.verify(rule, token, NOW).reason();
  }

  private static String token(JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(keyId).build(),
            new JWTClaimsSet.Builder()
                .issuer("https://a.com")
                .subject("ann")
                .claim("exp", NOW + 60)
                .build());
    token.sign(signer);
    return token.serialize();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void tokensThatAreSignedWithRsaAreVerified(String algorithm) throws JOSEException {
    RSAKey key = new RSAKeyGenerator(2048).keyID("a").generate();
    RSAKey other = new RSAKeyGenerator(2048).keyID("a").generate();
    String token = token(JWSAlgorithm.parse(algorithm), "a", new RSASSASigner(key));

    assertThat(reason(publish(key), token)).isEmpty();
    assertThat(reason(publish(other), token)).isEqualTo("its signature is wrong");
    assertThat(reason(publish(other, key), token)).isEmpty();
  }

  @Test
  void tokensThatAreSignedOnCurvesAreVerified() throws JOSEException {
    for (Curve curve : List.of(Curve.P_256, Curve.P_384, Curve.P_521)) {
      ECKey key = new ECKeyGenerator(curve).keyID("a").generate();
      ECKey other = new ECKeyGenerator(curve).keyID("a").generate();
      JWSAlgorithm algorithm = new ECDSASigner(key).supportedJWSAlgorithms().iterator().next();
      String token = token(algorithm, "a", new ECDSASigner(key));

      assertThat(reason(publish(key), token)).as("%s", curve).isEmpty();
      assertThat(reason(publish(other), token)).isEqualTo("its signature is wrong");
    }
  }

  @Test
  void tokensThatAreSignedWithEd25519AreVerified() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    String x = base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    String signed =
        base64("{\"alg\":\"EdDSA\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64("{\"iss\":\"https://a.com\"}".getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));

    assertThat(
            reason(
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}]}",
                signed + "." + base64(signature.sign())))
        .isEmpty();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void aSecretInAKeySetIsNoKeyAndThePublicKeyIsNoSecret() throws JOSEException {
    RSAKey key = new RSAKeyGenerator(2048).keyID("a").generate();
    var secret = new OctetSequenceKeyGenerator(256).keyID("a").generate();
    String withSecret = new JWKSet(List.of(secret, key)).toString(false);
    String bySecret = token(JWSAlgorithm.HS256, "a", new MACSigner(secret));
    String byPublicKey =
        token(JWSAlgorithm.HS256, "a", new MACSigner(key.toRSAPublicKey().getEncoded()));

    assertThat(KeySetReader.read(withSecret)).hasSize(1);
    assertThat(reason(withSecret, bySecret)).startsWith("no key of its issuer");
    assertThat(reason(withSecret, byPublicKey)).startsWith("no key of its issuer");
  }

  @Test
  void aKeyIsForWhatItSaysOnly() throws JOSEException {
    RSAKey key = new RSAKeyGenerator(2048).keyID("a").algorithm(JWSAlgorithm.RS256).generate();
    RSAKey encrypts = new RSAKeyGenerator(2048).keyUse(KeyUse.ENCRYPTION).generate();

    assertThat(KeySetReader.read(publish(key, encrypts)))
        .singleElement()
        .extracting(JwtKey::algorithms)
        .isEqualTo(List.of("RS256"));
    assertThat(reason(publish(key), token(JWSAlgorithm.PS256, "a", new RSASSASigner(key))))
        .startsWith("no key of its issuer");
  }

  @Test
  void aWeakKeyIsLeftOut() throws JOSEException {
    RSAKey weak = new RSAKeyGenerator(1024, true).generate();

    assertThat(KeySetReader.read(publish(weak))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{}", "[]", "{\"keys\":1}", "{\"keys\":[{\"kty\":\"RSA\"}]}"})
  void whatIsNoKeySetIsRefusedWithWhatOneIs(String text) {
    assertThatThrownBy(() -> KeySetReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected:");
  }
}
