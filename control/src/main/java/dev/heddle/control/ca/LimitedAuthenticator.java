package dev.heddle.control.ca;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/**
 * Bounds what callers that are not believed can cost. The same wrong credentials again are answered
 * without being checked, so that a broken process harms none of its neighbours; an address that
 * tries many is not heard for a while.
 */
final class LimitedAuthenticator implements Authenticator {

  /** Tries with the same wrong credentials: more than start-up order and late clocks explain. */
  private static final int SAME_BURST = 5;

  private static final Duration SAME_PAUSE = Duration.ofSeconds(10);

  /** Tries with different ones: a node's or laptop's processes, all with old tokens, at once. */
  private static final int ADDRESS_BURST = 200;

  private static final Duration ADDRESS_PAUSE = Duration.ofMillis(50);

  private final Authenticator checked;
  private final BiConsumer<Credentials, Authentication.Refused> told;
  private final FailureBuckets same;
  private final FailureBuckets addresses;

  /**
   * Limits another.
   *
   * @param told hears of every refusal
   */
  LimitedAuthenticator(
      Authenticator checked,
      InstantSource clock,
      BiConsumer<Credentials, Authentication.Refused> told) {
    this.checked = checked;
    this.told = told;
    this.same = new FailureBuckets(SAME_BURST, SAME_PAUSE, clock);
    this.addresses = new FailureBuckets(ADDRESS_BURST, ADDRESS_PAUSE, clock);
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    String key = credentials.address() + " " + digest(credentials);
    Authentication answer =
        same.full(key) || addresses.full(credentials.address())
            ? tooMany()
            : checked.authenticate(credentials);
    if (answer instanceof Authentication.Refused refused) {
      if (refused.reason() != Refusal.TOO_MANY_FAILURES && refused.reason().isFinal()) {
        same.failed(key);
        addresses.failed(credentials.address());
      }
      told.accept(credentials, refused);
    }
    return answer;
  }

  private static Authentication tooMany() {
    return new Authentication.Refused(
        Refusal.TOO_MANY_FAILURES,
        "credentials refused too often (expected: at most "
            + SAME_BURST
            + " tries with the same, then one every "
            + SAME_PAUSE.toSeconds()
            + " s; bring new ones)");
  }

  private static String digest(Credentials credentials) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      String token = credentials.token();
      if (token != null) {
        hash.update(Pem.bytes(token));
      }
      for (X509Certificate certificate : credentials.certificates()) {
        hash.update(certificate.getEncoded());
      }
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every JDK has SHA-256 and the bytes that it read", e);
    }
  }
}
