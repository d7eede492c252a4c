package dev.heddle.policy.authz;

/** What is left of a rule once its connection is known. */
final class PendingRule {

  private final Decision decision;
  private final boolean widens;
  private final Conditions[] from;
  private final Conditions[] to;
  private final Conditions when;

  /** No alternatives stand for some that hold. */
  PendingRule(
      Decision decision, boolean widens, Conditions[] from, Conditions[] to, Conditions when) {
    this.decision = decision;
    this.widens = widens;
    this.from = from;
    this.to = to;
    this.when = when;
  }

  Decision decision() {
    return decision;
  }

  /** Whether every request on the connection matches. */
  boolean isCertain() {
    return from.length == 0 && to.length == 0 && when.isEmpty();
  }

  boolean matches(ConnectionAttributes connection, RequestAttributes request, int unknown) {
    return any(to, connection, request, unknown)
        && any(from, connection, request, unknown)
        && when.hold(connection, request, unknown, widens);
  }

  private boolean any(
      Conditions[] alternatives,
      ConnectionAttributes connection,
      RequestAttributes request,
      int unknown) {
    for (Conditions conditions : alternatives) {
      if (conditions.hold(connection, request, unknown, widens)) {
        return true;
      }
    }
    return alternatives.length == 0;
  }
}
