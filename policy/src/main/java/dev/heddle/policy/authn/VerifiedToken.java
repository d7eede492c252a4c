package dev.heddle.policy.authn;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.authz.TokenClaims;
import org.jspecify.annotations.Nullable;

/** What became of a token: claims that are believed, or the reason why none are. */
@AutoValue
public abstract class VerifiedToken {

  static VerifiedToken believed(TokenClaims claims, String payload) {
    return new AutoValue_VerifiedToken(claims, payload, "");
  }

  static VerifiedToken refused(String reason) {
    return new AutoValue_VerifiedToken(null, "", reason);
  }

  /** What it says; null where it is refused. */
  public abstract @Nullable TokenClaims claims();

  /** Its claims in Base64url, as they were sent; empty where it is refused. */
  public abstract String payload();

  /** Why it is refused; empty where it is not. Says nothing that the token keeps secret. */
  public abstract String reason();
}
