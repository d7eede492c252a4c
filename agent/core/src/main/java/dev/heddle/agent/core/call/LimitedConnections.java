package dev.heddle.agent.core.call;

import dev.heddle.policy.limit.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The libraries' connections whose clusters limit them, for as long as the library holds them.
 * Where no rule limits any there is none.
 */
public final class LimitedConnections {

  private final IdentityTable<ConnectionUse> uses = new IdentityTable<>();

  LimitedConnections() {}

  /** Whether a connection to a cluster with these limits is to be told of at all. */
  public boolean concern(ConnectionPool limits) {
    return limits.limitsConnections() || !uses.isEmpty();
  }

  /** A connection carries one more request, to a cluster with these limits; null: with none. */
  public @Nullable ConnectionUse carries(Object connection, ConnectionPool limits) {
    if (!limits.limitsConnections()) {
      uses.remove(connection);
      return null;
    }
    ConnectionUse use = uses.get(connection);
    if (use == null) {
      use = new ConnectionUse(limits);
      uses.put(connection, use);
    }
    use.another(limits);
    return use;
  }

  /** The library hands a connection out as something else, by which it will be asked for. */
  public void alias(Object handle, ConnectionUse use) {
    uses.put(handle, use);
  }

  /** null: nothing limits it. */
  public @Nullable ConnectionUse of(Object connection) {
    return uses.get(connection);
  }

  /** From now on nothing limits it. */
  public void forget(Object connection) {
    uses.remove(connection);
  }
}
