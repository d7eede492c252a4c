package dev.heddle.control.index;

import dev.heddle.policy.authn.JwtKey;
import java.time.Duration;
import java.util.List;

/** The public keys of issuers, as far as they are known now; answers at once. */
public interface KeySets {

  /** Behind an issuer: OpenID Connect Discovery 1.0 section 4, which names the key set's URL. */
  String DISCOVERY = "/.well-known/openid-configuration";

  /** No issuer's keys are known. */
  KeySets NONE =
      new KeySets() {
        @Override
        public List<JwtKey> inline(String jwks) {
          return List.of();
        }

        @Override
        public List<JwtKey> at(String url, Duration timeout) {
          return List.of();
        }
      };

  /**
   * The usable keys of a JSON Web Key Set; IllegalArgumentException with the reason if it is none.
   */
  List<JwtKey> inline(String jwks);

  /**
   * The usable keys last fetched from a URL, or from the one that is found behind it where it ends
   * with {@link #DISCOVERY}; none as long as there was no answer.
   *
   * @param timeout of one answer; of several for one URL the longest holds
   */
  List<JwtKey> at(String url, Duration timeout);
}
