package dev.heddle.policy.authz;

import dev.heddle.policy.route.ExactPaths;
import dev.heddle.policy.route.PrefixTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules looked up by a path or header that they ask for, so that a decision among hundreds does not
 * try hundreds. Their order stays: the first that matches is found.
 */
final class RuleIndex {

  /** No rule matched. */
  static final int NONE = Integer.MAX_VALUE;

  private final boolean widens;
  private final Lookup[] lookups;
  private final int[] others;

  /**
   * An index of rules.
   *
   * @param widens whether what cannot be told makes them match
   */
  RuleIndex(CompiledRule[] rules, boolean widens) {
    this.widens = widens;
    Map<String, Lookup> byAttribute = new LinkedHashMap<>();
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < rules.length; i++) {
      List<TextCondition> conditions = rules[i].lookup();
      if (conditions.isEmpty()) {
        rest.add(i);
        continue;
      }
      TextCondition first = conditions.get(0);
      byAttribute
          .computeIfAbsent(
              first.match().attribute() + first.match().key(), name -> new Lookup(first))
          .add(conditions, i);
    }
    lookups = byAttribute.values().toArray(new Lookup[0]);
    for (Lookup lookup : lookups) {
      lookup.freeze();
    }
    others = array(rest);
  }

  /** The place of the first rule that matches, {@link #NONE} if none does; null ones are gone. */
  int first(
      @Nullable PendingRule[] rules,
      ConnectionAttributes connection,
      RequestAttributes request,
      int unknown) {
    int best = firstOf(others, NONE, rules, connection, request, unknown);
    for (Lookup lookup : lookups) {
      if (lookup.probe.isUnknown(unknown)) {
        // A rule that allows does not match then.
        best = widens ? firstOf(lookup.all, best, rules, connection, request, unknown) : best;
        continue;
      }
      String text = lookup.probe.text(connection, request);
      if (text == null) {
        continue;
      }
      int end = text.length();
      best = firstOf(lookup.exact.find(text, end), best, rules, connection, request, unknown);
      PrefixTree.Node node = lookup.prefixes.root();
      for (int at = 0; node != null; ) {
        best = firstOf(node.ordinals(), best, rules, connection, request, unknown);
        node = node.next(text, at, end);
        at += node == null ? 0 : node.length();
      }
    }
    return best;
  }

  private static int[] array(List<Integer> ordinals) {
    int[] array = new int[ordinals.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = ordinals.get(i);
    }
    return array;
  }

  private static int firstOf(
      int[] ordinals,
      int best,
      @Nullable PendingRule[] rules,
      ConnectionAttributes connection,
      RequestAttributes request,
      int unknown) {
    for (int ordinal : ordinals) {
      if (ordinal >= best) {
        return best;
      }
      PendingRule rule = rules[ordinal];
      if (rule != null && rule.matches(connection, request, unknown)) {
        return ordinal;
      }
    }
    return best;
  }

  /** The rules that ask for one attribute. */
  private static final class Lookup {
    private final TextCondition probe;
    private final ExactPaths.Builder texts = new ExactPaths.Builder();
    private final PrefixTree prefixes = new PrefixTree();
    private final List<Integer> added = new ArrayList<>();
    private ExactPaths exact = texts.build();
    private int[] all = {};

    Lookup(TextCondition probe) {
      this.probe = probe;
    }

    void add(List<TextCondition> conditions, int ordinal) {
      for (TextCondition condition : conditions) {
        for (TextMatcher matcher : condition.like()) {
          String text = matcher.exact();
          String prefix = matcher.prefix();
          if (text != null) {
            texts.add(text, ordinal);
          } else if (prefix != null) {
            prefixes.add(prefix, ordinal);
          }
        }
      }
      added.add(ordinal);
    }

    void freeze() {
      exact = texts.build();
      all = array(added);
    }
  }
}
