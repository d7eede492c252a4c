package dev.heddle.control.index;

import dev.heddle.policy.authn.JwtKey;
import java.util.List;

/** The public keys of issuers, as far as they are known now; answers at once. */
public interface KeySets {

  /** No issuer's keys are known. */
  KeySets NONE =
      new KeySets() {
        @Override
        public List<JwtKey> inline(String jwks) {
          return List.of();
        }

        @Override
        public List<JwtKey> at(String jwksUri) {
          return List.of();
        }
      };

  /**
   * The usable keys of a JSON Web Key Set; IllegalArgumentException with the reason if it is none.
   */
  List<JwtKey> inline(String jwks);

  /** The usable keys last fetched from a URL; none as long as there was no answer. */
  List<JwtKey> at(String jwksUri);
}
