package dev.heddle.policy.authz;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/**
 * How often rules decided, for metrics. Safe for all threads. Policies come and go, and each leaves
 * its counters behind: those of the rules that come when there are many are counted together.
 */
public final class DecisionCounts {

  private final int maxRules;
  private final Map<Decision, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts so many rules one by one. */
  public DecisionCounts(int maxRules) {
    this.maxRules = maxRules;
  }

  /** One more of a decision. */
  public void increment(Decision decision) {
    LongAdder known = counts.get(decision);
    if (known == null) {
      Decision counted = counts.size() < maxRules ? decision : decision.ofOthers();
      known = counts.computeIfAbsent(counted, made -> new LongAdder());
    }
    known.increment();
  }

  /** Hands out what was counted so far. */
  public void forEach(ObjLongConsumer<Decision> reader) {
    counts.forEach((decision, count) -> reader.accept(decision, count.sum()));
  }
}
