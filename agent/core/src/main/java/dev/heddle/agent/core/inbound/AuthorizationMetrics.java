package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.authz.DecisionCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of requests and connections that policies decide on, for {@code /metrics}. */
public final class AuthorizationMetrics {

  /** Rules counted one by one. */
  private static final int MAX_RULES = 2_000;

  private final LongAdder allowed = new LongAdder();
  private final LongAdder undecided = new LongAdder();
  private final LongAdder unauthenticated = new LongAdder();
  private final DecisionCounts denied = new DecisionCounts(MAX_RULES);
  private final DecisionCounts audited = new DecisionCounts(MAX_RULES);
  private final DecisionCounts tried = new DecisionCounts(MAX_RULES);

  void decided(Decision decision) {
    if (decision.allowed()) {
      allowed.increment();
    } else {
      denied.increment(decision);
    }
  }

  void undecided() {
    undecided.increment();
  }

  void unauthenticated() {
    unauthenticated.increment();
  }

  void audited(Decision matched) {
    audited.increment(matched);
  }

  void tried(Decision decision) {
    tried.increment(decision);
  }

  /** In Prometheus' text format. */
  public String text() {
    StringBuilder text = new StringBuilder(512);
    counter(
        text, "heddle_authorization_allowed_total", "Requests that policies let in", allowed.sum());
    counter(
        text,
        "heddle_authorization_undecided_total",
        "Requests refused because it could not be told whether policies let them in",
        undecided.sum());
    counter(
        text,
        "heddle_authorization_unauthenticated_total",
        "Requests refused because no rule believes their tokens",
        unauthenticated.sum());
    byRule(text, "heddle_authorization_denied_total", "Requests that policies refused", denied);
    byRule(
        text,
        "heddle_authorization_audited_total",
        "Requests that a policy of action AUDIT matched",
        audited);
    byRule(
        text,
        "heddle_authorization_dry_run_total",
        "What the policies that are only tried out would have decided",
        tried);
    return text.toString();
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    head(text, name, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void byRule(
      StringBuilder text, String name, String help, DecisionCounts counters) {
    head(text, name, help);
    Map<String, Long> lines = new TreeMap<>();
    counters.forEach((decision, count) -> lines.merge(labels(decision), count, Long::sum));
    lines.forEach((labels, count) -> text.append(name).append(labels).append(count).append('\n'));
  }

  /** Names of policies are DNS labels; nothing in them needs escaping. */
  private static String labels(Decision decision) {
    return "{reason=\""
        + decision.reason()
        + "\",policy=\""
        + decision.policy()
        + "\",rule=\""
        + (decision.rule() < 0 ? "" : decision.rule())
        + "\"} ";
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" counter\n");
  }
}
