package dev.heddle.policy.authn;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.authz.TokenClaims;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a token: claims that are believed, or the reason why none are. */
@AutoValue
public abstract class VerifiedToken {

  static VerifiedToken believed(TokenClaims claims, Map<String, String> headers) {
    return new AutoValue_VerifiedToken(claims, headers, "");
  }

  static VerifiedToken refused(String reason) {
    return new AutoValue_VerifiedToken(null, Collections.emptyMap(), reason);
  }

  /** What it says; null where it is refused. */
  public abstract @Nullable TokenClaims claims();

  /** What the app gets of it: values of headers by lower-case name. */
  public abstract Map<String, String> headers();

  /** Why it is refused; empty where it is not. Says nothing that the token keeps secret. */
  public abstract String reason();
}
