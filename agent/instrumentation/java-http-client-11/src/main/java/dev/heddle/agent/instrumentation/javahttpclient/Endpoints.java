package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.policy.limit.ConnectionPool;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attempts under way, by the client's own copy of each request. Copies are told apart by
 * identity: to {@code equals} two requests are the same when they ask for the same.
 */
final class Endpoints {

  private static final Map<Object, AttemptRequest> BY_COPY = new ConcurrentHashMap<>();

  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

  private Endpoints() {}

  static void copied(Object copy, Object request) {
    if (request instanceof AttemptRequest && ((AttemptRequest) request).isManaged()) {
      forgetCollected();
      BY_COPY.put(new Key(copy, COLLECTED), (AttemptRequest) request);
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
    return BY_COPY.get(new Question(copy));
  }

  private static void forgetCollected() {
    for (Reference<?> key = COLLECTED.poll(); key != null; key = COLLECTED.poll()) {
      BY_COPY.remove(key);
    }
  }

  /** What is looked for: equal to the key of the same copy, and of no work to the collector. */
  private static final class Question {
    private final Object copy;

    Question(Object copy) {
      this.copy = copy;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(copy);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // that is what it is for
    public boolean equals(Object other) {
      return other instanceof Key && ((Key) other).get() == copy;
    }
  }

  /** A copy, as long as the client holds it. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object copy, ReferenceQueue<Object> collected) {
      super(copy, collected);
      this.hash = System.identityHashCode(copy);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
