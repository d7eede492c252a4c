package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions all of which must hold: one source, one operation, or the rest of a rule. */
final class Conditions {

  /** Nothing is asked for. */
  static final Conditions NONE = new Conditions(new Condition[0]);

  private final Condition[] all;

  private Conditions(Condition[] all) {
    this.all = all;
  }

  /** IllegalArgumentException where a value is of no use for its attribute. */
  static Conditions of(List<AttributeMatch> matches) {
    return matches.isEmpty()
        ? NONE
        : new Conditions(matches.stream().map(Conditions::condition).toArray(Condition[]::new));
  }

  private static Condition condition(AttributeMatch match) {
    Condition condition = ConnectionConditions.of(match);
    condition = condition == null ? RequestConditions.of(match) : condition;
    if (condition == null) {
      throw new IllegalArgumentException("attribute " + match.attribute() + " is not known");
    }
    return condition;
  }

  /** The condition by whose texts rules can be looked up, null where there is none. */
  @Nullable TextCondition lookup(Attribute attribute) {
    for (Condition condition : all) {
      if (condition.match().attribute() == attribute && condition instanceof TextCondition) {
        TextCondition text = (TextCondition) condition;
        boolean known = text.like().length > 0;
        for (TextMatcher matcher : text.like()) {
          known &= matcher.exact() != null || matcher.prefix() != null;
        }
        if (known) {
          return text;
        }
      }
    }
    return null;
  }

  boolean isEmpty() {
    return all.length == 0;
  }

  /** Whether one of them is about what only requests have. */
  boolean areOfRequests() {
    for (Condition condition : all) {
      if (condition.match().attribute().isOfRequests()) {
        return true;
      }
    }
    return false;
  }

  boolean hold(
      ConnectionAttributes connection,
      @Nullable RequestAttributes request,
      int unknown,
      boolean ifUnknown) {
    for (Condition condition : all) {
      if (!condition.holds(connection, request, unknown, ifUnknown)) {
        return false;
      }
    }
    return true;
  }

  /** What is left to ask of requests on a connection; null if none can satisfy it. */
  @Nullable Conditions on(ConnectionAttributes connection) {
    int left = 0;
    for (Condition condition : all) {
      if (condition.needsRequest()) {
        left++;
      } else if (!condition.holds(connection, null, Unknown.NO_REQUEST, false)) {
        return null;
      }
    }
    if (left == 0) {
      return NONE;
    }
    return left == all.length ? this : ofRequests(left);
  }

  private Conditions ofRequests(int count) {
    Condition[] left = new Condition[count];
    int at = 0;
    for (Condition condition : all) {
      if (condition.needsRequest()) {
        left[at++] = condition;
      }
    }
    return new Conditions(left);
  }

  /** Those that do not hold. */
  List<Condition> failing(
      ConnectionAttributes connection, @Nullable RequestAttributes request, boolean ifUnknown) {
    List<Condition> failing = new ArrayList<>();
    int unknown = request == null ? Unknown.NO_REQUEST : Unknown.of(request);
    for (Condition condition : all) {
      if (!condition.holds(connection, request, unknown, ifUnknown)) {
        failing.add(condition);
      }
    }
    return failing;
  }
}
