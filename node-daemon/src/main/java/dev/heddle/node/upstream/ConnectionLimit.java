package dev.heddle.node.upstream;

import dev.heddle.policy.limit.ClusterLimits;
import dev.heddle.policy.limit.ConnectionPool;

/**
 * How many connections to a cluster may be open, of all event loops and pods of a workload. As in
 * Envoy the first connection of a pool opens even so, or a pool could wait for ever for those of
 * others.
 */
public interface ConnectionLimit {

  /** Counts nothing and always has room. */
  ConnectionLimit NONE =
      new ConnectionLimit() {
        @Override
        public boolean tryOpen() {
          return true;
        }

        @Override
        public void open() {}

        @Override
        public void closed() {}
      };

  /** Takes a place; false where there is none. */
  boolean tryOpen();

  /** Takes a place though there may be none. */
  void open();

  /** Gives a place back. */
  void closed();

  /** What a DestinationRule says, {@code tcp.maxConnections}. */
  static ConnectionLimit of(ConnectionPool pool, ClusterLimits limits) {
    return pool.maxConnections() == 0
        ? NONE
        : new ConnectionLimit() {
          @Override
          public boolean tryOpen() {
            return limits.tryConnection(pool);
          }

          @Override
          public void open() {
            limits.connectionOpened();
          }

          @Override
          public void closed() {
            limits.connectionClosed();
          }
        };
  }
}
