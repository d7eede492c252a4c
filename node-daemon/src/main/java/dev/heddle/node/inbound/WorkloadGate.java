package dev.heddle.node.inbound;

import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.authz.ConnectionAuthorizer;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.LongSupplier;

/** The policy of a workload, compiled: who is let in. Immutable, for all threads. */
final class WorkloadGate {

  private final WorkloadPolicy policy;
  private final Authorizer authorizer;
  private final RequestTokens tokens;

  /** IllegalArgumentException where the policy cannot be used. */
  WorkloadGate(WorkloadPolicy policy) {
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
    return authorizer.needsRequests() || !policy.jwtRules().isEmpty();
  }

  /** Whether anything on a connection could be let in. */
  boolean mayAdmit(InboundConnection connection) {
    return judgesRequests() ? on(connection).mayAdmit() : admits(connection);
  }

  /** Whether a connection is let in whose requests are not read. */
  boolean admits(InboundConnection connection) {
    return authorizer.connection(connection).allowed();
  }

  /** Whether a request's tokens are believed, if it has any; then it is as its app is to see it. */
  boolean believes(RequestFacts facts, HttpRequest request, LongSupplier epochMillis) {
    return tokens.believe(facts, request, epochMillis);
  }

  /** What decides on the requests of a connection. */
  ConnectionAuthorizer on(InboundConnection connection) {
    return authorizer.on(connection);
  }
}
