package dev.heddle.api.violation;

import dev.heddle.rules.RuleParser;

/** Knows where its messages come from. */
public interface WireThatReadsRules {

  /** Names a type of rules. */
  void read(RuleParser parser);
}
