package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.authz.ConnectionAuthorizer;
import dev.heddle.policy.authz.Decision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Judges by the policies that apply to this process, as long as they are the same. */
final class PolicyGate implements RequestGate {

  /**
   * Connections whose settled part of the rules is kept; more of them start anew. A caller comes
   * from few addresses with one identity, and each of them costs as much as the rules left.
   */
  private static final int MAX_CONNECTIONS = 256;

  private final Authorizer authorizer;
  private final @Nullable TokenCheck tokens;
  private final AuthorizationJournal journal;
  private final Map<InboundConnection, ConnectionAuthorizer> connections =
      new ConcurrentHashMap<>();

  /** tokens: null where none are looked for. */
  PolicyGate(Authorizer authorizer, @Nullable TokenCheck tokens, AuthorizationJournal journal) {
    this.authorizer = authorizer;
    this.tokens = tokens;
    this.journal = journal;
  }

  @Override
  public @Nullable Refusal judge(InboundRequest request) {
    String refused = tokens == null ? "" : tokens.refusal(request);
    if (!refused.isEmpty()) {
      journal.unauthenticated(request, refused);
      return Refusal.unauthenticated(request.authority());
    }
    ConnectionAuthorizer rules = request.authorizer(this);
    Decision decision = rules.request(request);
    while (decision.allowed() && request.nextReading()) {
      decision = rules.request(request);
    }
    String ambiguity = request.ambiguity();
    if (ambiguity != null) {
      journal.undecided(request, ambiguity);
      return Refusal.UNDECIDED;
    }
    journal.decided(decision, request);
    if (rules.observes()) {
      request.firstReading();
      rules.observe(request, journal.of(request));
    }
    return decision.allowed() ? null : Refusal.DENIED;
  }

  @Override
  public boolean refuses() {
    return true;
  }

  /** Of equal connections the same. */
  ConnectionAuthorizer on(InboundConnection connection) {
    ConnectionAuthorizer known = connections.get(connection);
    if (known == null) {
      if (connections.size() >= MAX_CONNECTIONS) {
        connections.clear();
      }
      known = authorizer.on(connection);
      connections.put(connection, known);
    }
    return known;
  }
}
