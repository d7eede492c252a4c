package dev.heddle.policy.authn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Verifies tokens by rules and remembers for a while what became of them. For all threads. */
public final class RememberedTokens {

  /** Tokens that are remembered of each rule; beyond that it starts anew. */
  private static final int MAX_TOKENS = 1_000;

  /**
   * A signature costs 50 to 500 microseconds; an expired token is refused so much later at most.
   */
  private static final long REMEMBER_SECONDS = 5;

  private static final class Remembered {
    final VerifiedToken token;
    final long until;

    Remembered(VerifiedToken token, long until) {
      this.token = token;
      this.until = until;
    }
  }

  private final List<JwtRule> rules;
  private final List<Map<String, Remembered>> remembered = new ArrayList<>();

  /** Remembers nothing yet. */
  public RememberedTokens(List<JwtRule> rules) {
    this.rules = rules;
    rules.forEach(rule -> remembered.add(new ConcurrentHashMap<>()));
  }

  /**
   * What becomes of a token.
   *
   * @param rule its place among the rules, from 0
   */
  public VerifiedToken verified(int rule, String token, long nowEpochSeconds) {
    Map<String, Remembered> known = remembered.get(rule);
    Remembered before = known.get(token);
    if (before != null && before.until >= nowEpochSeconds) {
      return before.token;
    }
    VerifiedToken verified = TokenVerifier.verify(rules.get(rule), token, nowEpochSeconds);
    if (known.size() >= MAX_TOKENS) {
      known.clear();
    }
    known.put(token, new Remembered(verified, nowEpochSeconds + REMEMBER_SECONDS));
    return verified;
  }
}
