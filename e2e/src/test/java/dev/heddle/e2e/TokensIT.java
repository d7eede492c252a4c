package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps see of tokens is what a RequestAuthentication says, in each server. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class TokensIT {

  private static final String POLICY =
      """
      apiVersion: security.istio.io/v1
      kind: RequestAuthentication
      metadata: {name: tokens, namespace: default}
      spec:
        jwtRules:
        - issuer: https://issuer.example
          jwks: 'KEYS'
          outputPayloadToHeader: x-payload
          outputClaimToHeaders: [{header: X-User, claim: sub}, {header: x-team, claim: org.team}]
        - issuer: https://other.example
          jwks: 'KEYS'
          forwardOriginalToken: true
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: users, namespace: default}
      spec:
        action: DENY
        rules:
        - when: [{key: "request.headers[x-user]", values: [mallory]}]
      """;

  private KeyPair keys;
  private Path directory;
  private Control control;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(rules.resolve("policies.yaml"), POLICY.replace("KEYS", keySet()));
    control = new Control(rules, 0, directory.resolve("control.log"));
  }

  @AfterEach
  void end() {
    control.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JDK HttpServer",
        "Tomcat 9",
        "Tomcat 10.1",
        "Tomcat 11",
        "Jetty 12",
        "Undertow 2"
      })
  void appsSeeWhatRulesMakeOfTokensAndNothingThatCallersMade(String server) throws Exception {
    for (Jdk jdk : Jdk.all()) {
      Map<String, String> settings = Map.of("CONTROL", control.address(), "LABELS", "app=a");
      Path log = directory.resolve(server + jdk.name() + ".log");
      try (GuardedProcess process = new GuardedProcess(jdk, server, settings, log)) {
        check(process);
      }
    }
  }

  private void check(GuardedProcess process) throws IOException, GeneralSecurityException {
    String claims =
        "{\"iss\":\"https://issuer.example\",\"sub\":\"ann\",\"org\":{\"team\":\"red\"}}";
    String ann = "Authorization: Bearer " + token(claims) + "\r\n";
    assertThat(seen(process, "x-user", ann)).isEqualTo("ann");
    assertThat(seen(process, "x-team", ann)).isEqualTo("red");
    assertThat(seen(process, "x-payload", ann)).isEqualTo(base64(claims));
    assertThat(seen(process, "authorization", ann)).isEqualTo("null");
    assertThat(seen(process, "host", ann)).isEqualTo("localhost");

    String other = token("{\"iss\":\"https://other.example\",\"sub\":\"bob\"}");
    assertThat(seen(process, "authorization", "Authorization: Bearer " + other + "\r\n"))
        .isEqualTo("Bearer " + other);
    assertThat(seen(process, "authorization", "Authorization: Basic x\r\n")).isEqualTo("Basic x");

    String forged = "X-User: root\r\nx-user: eve\r\nX-Payload: e30\r\n";
    assertThat(seen(process, "x-user", forged)).isEqualTo("null");
    assertThat(seen(process, "x-payload", forged)).isEqualTo("null");
    assertThat(seen(process, "x-user", forged + ann)).isEqualTo("ann");
    assertThat(seen(process, "x-user", "X-User: mallory\r\n")).isEqualTo("null");

    String mallory = token("{\"iss\":\"https://issuer.example\",\"sub\":\"mallory\"}");
    assertThat(send(process, "x-user", "Authorization: Bearer " + mallory + "\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(send(process, "x-user", "Authorization: Bearer " + mallory + "x\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  private static String seen(GuardedProcess process, String header, String sent)
      throws IOException {
    String answer = send(process, header, sent);
    assertThat(answer).startsWith("HTTP/1.1 200");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return body.contains("\r\n") ? body.split("\r\n", -1)[1] : body;
  }

  private static String send(GuardedProcess process, String header, String sent)
      throws IOException {
    return process.send(
        "GET /headers/"
            + header
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + sent
            + "Connection: close\r\n\r\n");
  }

  private String token(String claims) throws GeneralSecurityException {
    String signed = base64("{\"alg\":\"RS256\",\"kid\":\"k\"}") + '.' + base64(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + base64(signature.sign());
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(base64(unsigned(key.getModulus())), base64(unsigned(key.getPublicExponent())));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
