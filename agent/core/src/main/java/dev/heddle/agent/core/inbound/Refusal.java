package dev.heddle.agent.core.inbound;

import com.google.auto.value.AutoValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer to a request that is not let in; Envoy's RBAC filter gives the same. */
@AutoValue
public abstract class Refusal {

  /** Says why; the policy is not told to strangers, it stands in the log. */
  public static final String REASON_HEADER = "heddle-reason";

  /** The media type of {@link #body}. */
  public static final String CONTENT_TYPE = "text/plain";

  /** Says how to authenticate (RFC 9110 section 11.6.1). */
  public static final String CHALLENGE_HEADER = "www-authenticate";

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  /** Policies do not let it in. */
  static final Refusal DENIED = of(FORBIDDEN, "rbac_access_denied", "RBAC: access denied");

  /** Policies cannot tell whether to let it in. */
  static final Refusal UNDECIDED = of(FORBIDDEN, "rbac_undecided", "RBAC: access denied");

  /** The policies are not known yet, and MODE=strict lets nothing in without. */
  static final Refusal NOT_READY =
      of(UNAVAILABLE, "rbac_not_ready", "RBAC: policies are not known yet");

  private static Refusal of(int status, String reason, String body) {
    return new AutoValue_Refusal(status, reason, body, "");
  }

  /** Its token is not believed. */
  static Refusal unauthenticated(@Nullable String authority) {
    return new AutoValue_Refusal(
        UNAUTHORIZED,
        "jwt_authn_access_denied",
        "Jwt verification fails",
        "Bearer realm=\"" + realm(authority) + "\", error=\"invalid_token\"");
  }

  /** The host that was called, as far as it can stand in a header. */
  private static String realm(@Nullable String authority) {
    StringBuilder realm = new StringBuilder();
    for (int i = 0; authority != null && i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (c > ' ' && c < 0x7F && c != '"' && c != '\\') {
        realm.append(c);
      }
    }
    return realm.toString();
  }

  /** HTTP status. */
  public abstract int status();

  /** The value of {@link #REASON_HEADER}. */
  public abstract String reason();

  /** What is said, ASCII. */
  public abstract String body();

  /** The value of {@link #CHALLENGE_HEADER}; empty for none. */
  public abstract String challenge();

  /** The body as it is sent. */
  public final byte[] bytes() {
    return body().getBytes(StandardCharsets.US_ASCII);
  }
}
