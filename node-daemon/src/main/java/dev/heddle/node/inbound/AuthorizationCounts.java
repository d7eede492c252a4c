package dev.heddle.node.inbound;

import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.authz.DecisionCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What policies decided, by the workload that was called: the counters of the agent, for {@code
 * /metrics}. Safe for all threads.
 */
public final class AuthorizationCounts {

  /** Workloads counted one by one; one that left keeps its counters, which may not shrink. */
  private static final int MAX_WORKLOADS = 2_000;

  /** Whose counters the workloads beyond that share. */
  private static final String OTHERS = "others";

  /** Rules counted one by one of a workload. */
  private static final int MAX_RULES = 500;

  private final Map<String, Workload> workloads = new ConcurrentHashMap<>();

  AuthorizationCounts() {}

  /** Those of one workload. */
  Workload of(String name) {
    boolean known = workloads.size() < MAX_WORKLOADS || workloads.containsKey(name);
    return workloads.computeIfAbsent(known ? name : OTHERS, made -> new Workload());
  }

  /** Requests, and connections without requests, that policies let in: by workload. */
  public Map<List<String>, Long> allowed() {
    return sums(workload -> workload.allowed);
  }

  /** Requests whose tokens no rule believes: by workload. */
  public Map<List<String>, Long> unauthenticated() {
    return sums(workload -> workload.unauthenticated);
  }

  /** Those that policies refused: by workload, reason, policy and rule. */
  public Map<List<String>, Long> denied() {
    return byRule(workload -> workload.denied);
  }

  /** Matches of rules of action AUDIT: by workload, reason, policy and rule. */
  public Map<List<String>, Long> audited() {
    return byRule(workload -> workload.audited);
  }

  /** What the policies that are only tried out would have decided: as {@link #denied}. */
  public Map<List<String>, Long> dryRun() {
    return byRule(workload -> workload.tried);
  }

  private Map<List<String>, Long> sums(Function<Workload, LongAdder> of) {
    Map<List<String>, Long> sums = new ConcurrentHashMap<>();
    each((name, workload) -> sums.put(List.of(name), of.apply(workload).sum()));
    return sums;
  }

  private Map<List<String>, Long> byRule(Function<Workload, DecisionCounts> of) {
    Map<List<String>, Long> sums = new ConcurrentHashMap<>();
    each(
        (name, workload) ->
            of.apply(workload)
                .forEach(
                    (decision, count) ->
                        sums.merge(
                            List.of(
                                name,
                                decision.reason().name(),
                                decision.policy(),
                                decision.rule() < 0 ? "" : String.valueOf(decision.rule())),
                            count,
                            Long::sum)));
    return sums;
  }

  private void each(BiConsumer<String, Workload> reader) {
    new TreeMap<>(workloads).forEach(reader);
  }

  /** Those of one workload. */
  static final class Workload {
    private final LongAdder allowed = new LongAdder();
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

    void unauthenticated() {
      unauthenticated.increment();
    }

    void audited(Decision matched) {
      audited.increment(matched);
    }

    void tried(Decision decision) {
      tried.increment(decision);
    }
  }
}
