package dev.heddle.control.jwks;

import dev.heddle.control.index.KeySets;
import dev.heddle.policy.authn.JwtKey;
import java.time.Duration;
import java.util.List;

/** Key sets that stand in rules; nothing is fetched. */
public final class InlineKeySets implements KeySets {

  @Override
  public List<JwtKey> inline(String jwks) {
    return KeySetReader.read(jwks);
  }

  @Override
  public List<JwtKey> at(String url, Duration timeout) {
    return List.of();
  }
}
