package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** Decides on the requests of one connection: what the connection alone settles is settled. */
public final class ConnectionAuthorizer {

  private final ConnectionAttributes connection;
  private final PolicySet.Pending enforced;
  private final PolicySet.Pending tried;
  private final @Nullable PendingRule[] audit;
  private final boolean tries;
  private final @Nullable Decision ofAll;

  ConnectionAuthorizer(
      ConnectionAttributes connection,
      PolicySet.Pending enforced,
      PolicySet.Pending tried,
      @Nullable PendingRule[] audit,
      boolean tries) {
    this.connection = connection;
    this.enforced = enforced;
    this.tried = tried;
    this.audit = audit;
    this.tries = tries;
    ofAll = enforced.ofAll();
  }

  /**
   * Whether a request on the connection may be let in; if not, the connection can be closed before
   * one comes.
   */
  public boolean mayAdmit() {
    return !enforced.refusesAll();
  }

  /** Decides on a request. */
  public Decision request(RequestAttributes request) {
    return ofAll == null ? enforced.decide(connection, request) : ofAll;
  }

  /** Whether {@link #observe} has anything to tell. */
  public boolean observes() {
    return audit.length > 0 || tries;
  }

  /** Tells what decides nothing about a request. */
  public void observe(RequestAttributes request, AuthorizationObserver observer) {
    int unknown = Unknown.of(request);
    for (PendingRule rule : audit) {
      if (rule != null && rule.matches(connection, request, unknown)) {
        observer.audited(rule.decision());
      }
    }
    if (tries) {
      observer.tried(tried.decide(connection, request));
    }
  }
}
