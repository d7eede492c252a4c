package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.authz.Explanation;
import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who may call this process: holds the policies that apply to it, and closes the gate for them. */
public final class Authorization {

  private final AuthorizationMetrics metrics = new AuthorizationMetrics();
  private final AuthorizationJournal journal;
  private final LongSupplier nanoTime;
  private final LongSupplier epochMillis;
  private final boolean trustsLocal;
  private volatile Authorizer authorizer = Authorizer.NONE;
  private volatile @Nullable AwaitingGate awaiting;

  /**
   * Nothing is known yet.
   *
   * @param trustsLocal whether this host's own plaintext calls are let in, whatever rules say
   * @param log takes what was refused and audited, a bounded number of lines
   */
  public Authorization(
      boolean trustsLocal, Consumer<String> log, LongSupplier nanoTime, LongSupplier epochMillis) {
    this.trustsLocal = trustsLocal;
    this.epochMillis = epochMillis;
    this.nanoTime = nanoTime;
    this.journal = new AuthorizationJournal(metrics, log, nanoTime);
  }

  /** What was counted. */
  public AuthorizationMetrics metrics() {
    return metrics;
  }

  /**
   * Requests wait for the policies from now on, no longer than this.
   *
   * @param strict whether they are refused behind it, instead of let in
   * @param onFailure hears of each request that could not be judged
   */
  public void await(long nanos, boolean strict, Consumer<Throwable> onFailure) {
    AwaitingGate gate = new AwaitingGate(nanos, strict, nanoTime);
    awaiting = gate;
    InboundGate.onFailure(onFailure);
    InboundGate.use(trusting(gate));
  }

  /**
   * This policy holds from now on. IllegalArgumentException if it cannot be used; the one before
   * stays in force.
   */
  public void use(WorkloadPolicy policy) {
    Authorizer next = Authorizer.of(policy.policies());
    authorizer = next;
    TokenCheck tokens =
        policy.jwtRules().isEmpty() ? null : new TokenCheck(policy.jwtRules(), epochMillis);
    boolean open = policy.policies().isEmpty() && tokens == null;
    InboundGate.use(open ? null : trusting(new PolicyGate(next, tokens, journal)));
    AwaitingGate before = awaiting;
    if (before != null) {
      before.end();
    }
  }

  private RequestGate trusting(RequestGate gate) {
    return trustsLocal ? new LocalTrust(gate) : gate;
  }

  /**
   * Whether a connection is let in on which no adapter sees requests. What rules say of requests
   * cannot be told there: rules that deny take it for true, rules that allow do not count.
   */
  public boolean admits(InboundConnection connection) {
    Authorizer current = authorizer;
    if (current == Authorizer.NONE || isTrusted(connection)) {
      return true;
    }
    Decision decision = current.connection(connection);
    journal.decided(decision, connection);
    if (current.observes()) {
      current.observe(connection, journal.of(connection));
    }
    return decision.allowed();
  }

  /**
   * Whether a connection may be let in on whose requests an adapter decides: false where none of
   * them could be.
   */
  public boolean mayAdmit(InboundConnection connection) {
    Authorizer current = authorizer;
    return current == Authorizer.NONE || isTrusted(connection) || current.on(connection).mayAdmit();
  }

  private boolean isTrusted(InboundConnection connection) {
    return trustsLocal && connection.isPlainFromHere();
  }

  /** Why a request is decided as it is, or without one a connection that carries none. */
  public Explanation explain(InboundConnection connection, @Nullable RequestAttributes request) {
    return authorizer.explain(connection, request);
  }
}
