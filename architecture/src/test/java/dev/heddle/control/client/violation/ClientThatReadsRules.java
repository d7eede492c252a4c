package dev.heddle.control.client.violation;

import dev.heddle.rules.RuleParser;

/** Reads rules by itself, instead of what control makes of them. */
public interface ClientThatReadsRules {

  /** Names a type of rules. */
  void read(RuleParser parser);
}
