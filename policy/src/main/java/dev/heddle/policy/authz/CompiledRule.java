package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule made ready. */
final class CompiledRule {

  private final Decision decision;
  private final boolean widens;
  private final Conditions[] from;
  private final Conditions[] to;
  private final Conditions when;
  private final boolean ofRequests;

  CompiledRule(AuthorizationPolicy policy, int index) {
    AuthorizationRule rule = policy.rules().get(index);
    decision = Decision.of(policy, index);
    widens = policy.action().widens();
    from = alternatives(rule.from());
    to = alternatives(rule.to());
    when = Conditions.of(rule.when());
    ofRequests = when.areOfRequests() || anyOfRequests(from) || anyOfRequests(to);
  }

  private static Conditions[] alternatives(List<List<AttributeMatch>> alternatives) {
    return alternatives.isEmpty()
        ? new Conditions[] {Conditions.NONE}
        : alternatives.stream().map(Conditions::of).toArray(Conditions[]::new);
  }

  private static boolean anyOfRequests(Conditions[] alternatives) {
    for (Conditions conditions : alternatives) {
      if (conditions.areOfRequests()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Conditions on one attribute of requests, one of which must hold for the rule to match: by their
   * texts it can be looked up. Empty where it has none.
   */
  List<TextCondition> lookup() {
    List<TextCondition> paths = new ArrayList<>();
    for (Conditions operation : to) {
      TextCondition path = operation.lookup(Attribute.PATH);
      if (path != null) {
        paths.add(path);
      }
    }
    if (paths.size() == to.length) {
      return paths;
    }
    paths.clear();
    TextCondition other = when.lookup(Attribute.REQUEST_HEADER);
    if (other != null) {
      paths.add(other);
    }
    return paths;
  }

  Decision decision() {
    return decision;
  }

  /** Whether it is about something that only requests have. */
  boolean isOfRequests() {
    return ofRequests;
  }

  /**
   * Whether it matches a connection that carries no requests. Istio: of a rule that denies what is
   * about requests is left out, so that it denies more; a rule that allows is left out as a whole.
   */
  boolean matches(ConnectionAttributes connection) {
    return (widens || !ofRequests)
        && when.hold(connection, null, Unknown.NO_REQUEST, widens)
        && any(from, connection, null)
        && any(to, connection, null);
  }

  private boolean any(
      Conditions[] alternatives,
      ConnectionAttributes connection,
      @Nullable RequestAttributes request) {
    int unknown = request == null ? Unknown.NO_REQUEST : Unknown.of(request);
    for (Conditions conditions : alternatives) {
      if (conditions.hold(connection, request, unknown, widens)) {
        return true;
      }
    }
    return false;
  }

  /** What is left of it for requests on a connection; null if it matches none. */
  @Nullable PendingRule on(ConnectionAttributes connection) {
    Conditions conditions = when.on(connection);
    Conditions[] sources = conditions == null ? null : on(from, connection);
    Conditions[] operations = sources == null ? null : on(to, connection);
    return conditions == null || sources == null || operations == null
        ? null
        : new PendingRule(decision, widens, sources, operations, conditions);
  }

  /** The alternatives that are left; empty if one holds for certain, null if none can. */
  private static Conditions @Nullable [] on(
      Conditions[] alternatives, ConnectionAttributes connection) {
    List<Conditions> left = new ArrayList<>();
    for (Conditions conditions : alternatives) {
      Conditions pending = conditions.on(connection);
      if (pending != null && pending.isEmpty()) {
        return new Conditions[0];
      }
      if (pending != null) {
        left.add(pending);
      }
    }
    return left.isEmpty() ? null : left.toArray(new Conditions[0]);
  }

  /** Why it does not match, each part that fails; empty if it does. */
  List<String> failing(ConnectionAttributes connection, @Nullable RequestAttributes request) {
    List<String> failing = new ArrayList<>();
    if (request == null && ofRequests && !widens) {
      failing.add("it is about requests, and there is none");
      return failing;
    }
    for (Condition condition : when.failing(connection, request, widens)) {
      failing.add("when " + condition);
    }
    explain("from", from, connection, request, failing);
    explain("to", to, connection, request, failing);
    return failing;
  }

  private void explain(
      String part,
      Conditions[] alternatives,
      ConnectionAttributes connection,
      @Nullable RequestAttributes request,
      List<String> failing) {
    if (any(alternatives, connection, request)) {
      return;
    }
    for (int i = 0; i < alternatives.length; i++) {
      for (Condition condition : alternatives[i].failing(connection, request, widens)) {
        failing.add(part + '[' + i + "] " + condition);
      }
    }
  }
}
