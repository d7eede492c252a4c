package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.IdentityTable;
import dev.heddle.policy.limit.ConnectionPool;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The attempts under way, by the client's own copy of each request. Copies are told apart by
 * identity: to {@code equals} two requests are the same when they ask for the same.
 */
final class Endpoints {

  private static final IdentityTable<AttemptRequest> BY_COPY = new IdentityTable<>();

  private Endpoints() {}

  static void copied(Object copy, Object request) {
    if (request instanceof AttemptRequest && ((AttemptRequest) request).isManaged()) {
      BY_COPY.put(copy, (AttemptRequest) request);
    }
  }

  static boolean isManaged(Object copy) {
    return attempt(copy) != null;
  }

  static @Nullable InetSocketAddress of(Object copy) {
    AttemptRequest attempt = attempt(copy);
    return attempt == null ? null : attempt.endpoint();
  }

  /** How long it may take to connect, null for no limit. */
  static @Nullable Duration connectLimit(Object copy) {
    AttemptRequest attempt = attempt(copy);
    return attempt == null ? null : attempt.connectLimit();
  }

  /** What the cluster asks of connections; null: the client's own affair. */
  static @Nullable ConnectionPool limits(Object copy) {
    AttemptRequest attempt = attempt(copy);
    return attempt == null ? null : attempt.limits();
  }

  private static @Nullable AttemptRequest attempt(Object copy) {
    return BY_COPY.get(copy);
  }
}
