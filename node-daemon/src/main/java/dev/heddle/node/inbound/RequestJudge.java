package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.policy.authz.ConnectionAuthorizer;
import dev.heddle.policy.authz.Decision;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Judges the requests of one connection, each by the policy that holds then. */
final class RequestJudge implements Judge {

  private final InboundServer server;
  private final InboundConnection connection;
  private @Nullable WorkloadGate gate;
  private @Nullable ConnectionAuthorizer rules;

  RequestJudge(InboundServer server, InboundConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  @Override
  public @Nullable Refusal judge(HttpRequest request, RequestTarget target) {
    WorkloadGate current = server.gates().of(connection.captured().pod().workload());
    if (current == null) {
      server.counts().count(Event.REQUEST_UNDECIDED);
      return Refusal.UNDECIDED;
    }
    AuthorizationJournal journal = current.journal();
    RequestFacts facts = new RequestFacts(request, target);
    String disbelief = current.disbelief(facts, request, server.epochMillis());
    if (disbelief != null) {
      server.counts().count(Event.REQUEST_UNAUTHENTICATED);
      journal.unauthenticated(connection, request, disbelief);
      return Refusal.UNAUTHENTICATED;
    }
    ConnectionAuthorizer asked = rules(current);
    Decision decision = asked.request(facts);
    boolean allowed = decision.allowed();
    server.counts().count(allowed ? Event.REQUEST_ALLOWED : Event.REQUEST_DENIED);
    journal.decided(decision, connection, request);
    if (asked.observes()) {
      asked.observe(facts, journal.of(connection, request));
    }
    return allowed ? null : Refusal.DENIED;
  }

  /** What the connection alone settles is settled once, as long as the policy holds. */
  @SuppressWarnings("ReferenceEquality") // a gate is made anew when the policy changes
  private ConnectionAuthorizer rules(WorkloadGate current) {
    ConnectionAuthorizer known = rules;
    if (known == null || gate != current) {
      known = current.on(connection);
      rules = known;
      gate = current;
    }
    return known;
  }
}
