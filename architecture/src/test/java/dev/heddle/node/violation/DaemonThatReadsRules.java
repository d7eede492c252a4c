package dev.heddle.node.violation;

import dev.heddle.rules.RuleParser;

/** Breaks: the node daemon imports neither rules nor control. */
final class DaemonThatReadsRules {

  Class<?> reads() {
    return RuleParser.class;
  }
}
