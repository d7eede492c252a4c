package dev.heddle.node.inbound;

import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.authz.ConnectionAuthorizer;
import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The policy of a workload, compiled: who is let in. Immutable, for all threads. */
final class WorkloadGate {

  private final WorkloadPolicy policy;
  private final Authorizer authorizer;
  private final RequestTokens tokens;
  private final AuthorizationJournal journal;

  /** IllegalArgumentException where the policy cannot be used. */
  WorkloadGate(WorkloadPolicy policy, AuthorizationJournal journal) {
    this.journal = journal;
    this.policy = policy;
    this.authorizer = Authorizer.of(policy.policies());
    this.tokens = new RequestTokens(policy.jwtRules());
  }

  @SuppressWarnings("ReferenceEquality") // values are replaced as a whole
  boolean isOf(WorkloadPolicy held) {
    return policy == held;
  }

  /** Whether rules ask about what requests have, so that those are to be read. */
  boolean judgesRequests() {
    return authorizer.needsRequests() || verifiesTokens();
  }

  /** Whether requests may carry tokens that are to be verified. */
  boolean verifiesTokens() {
    return !policy.jwtRules().isEmpty();
  }

  /** Whether anything on a connection could be let in. */
  boolean mayAdmit(InboundConnection connection) {
    if (!judgesRequests()) {
      return admits(connection);
    }
    boolean may = on(connection).mayAdmit();
    if (!may) {
      journal.decided(authorizer.connection(connection), connection, null);
    }
    return may;
  }

  /** Whether a connection is let in whose requests are not read. */
  @SuppressWarnings("ReferenceEquality") // there is one that asks nothing
  boolean admits(InboundConnection connection) {
    if (authorizer == Authorizer.NONE) {
      return true;
    }
    Decision decision = authorizer.connection(connection);
    journal.decided(decision, connection, null);
    if (authorizer.observes()) {
      authorizer.observe(connection, journal.of(connection, null));
    }
    return decision.allowed();
  }

  /**
   * Why a request's tokens are not believed; null where they are or it has none: then it is as its
   * app is to see it.
   */
  @Nullable String disbelief(RequestFacts facts, HttpRequest request, LongSupplier epochMillis) {
    return tokens.disbelief(facts, request, epochMillis);
  }

  /** Tells people what it decided. */
  AuthorizationJournal journal() {
    return journal;
  }

  /** What decides on the requests of a connection. */
  ConnectionAuthorizer on(InboundConnection connection) {
    return authorizer.on(connection);
  }
}
