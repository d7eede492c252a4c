package dev.heddle.agent.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.limit.ConnectionPool;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LimitedConnectionsTest {

  private static final ConnectionPool TWO =
      ConnectionPool.builder().maxRequestsPerConnection(2).build();
  private static final ConnectionPool IDLE = ConnectionPool.builder().idleTimeoutNanos(5).build();

  private final LimitedConnections connections = new LimitedConnections();

  private ConnectionUse carries(Object connection, ConnectionPool limits) {
    return Objects.requireNonNull(connections.carries(connection, limits));
  }

  @Test
  void eachConnectionIsCountedByItself() {
    String one = new String("equal");
    String other = new String("equal");

    assertThat(carries(one, TWO).isSpent()).isFalse();
    assertThat(carries(other, TWO).isSpent()).isFalse();
    assertThat(carries(one, TWO).isSpent()).isTrue();
  }

  @Test
  void theLimitsOfTheLastRequestHold() {
    Object connection = new Object();

    carries(connection, TWO);
    assertThat(carries(connection, IDLE).isSpent()).isFalse();
    assertThat(carries(connection, IDLE).idleNanos(10)).isEqualTo(5);
    assertThat(connections.carries(connection, ConnectionPool.UNLIMITED)).isNull();
    assertThat(connections.of(connection)).isNull();
  }

  @Test
  void aConnectionIsKnownByWhatTheLibraryHandsOut() {
    Object connection = new Object();
    Object handle = new Object();
    ConnectionUse use = carries(connection, TWO);
    connections.alias(handle, use);

    carries(connection, TWO);
    assertThat(Objects.requireNonNull(connections.of(handle)).isSpent()).isTrue();
  }
}
