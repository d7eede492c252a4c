package dev.heddle.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPoolTest {

  @Test
  void nothingEndsAConnectionWhereNoRuleSaysSo() {
    assertThat(ConnectionPool.UNLIMITED.limitsConnections()).isFalse();
    assertThat(ConnectionPool.UNLIMITED.isSpent(Integer.MAX_VALUE)).isFalse();
    assertThat(ConnectionPool.UNLIMITED.idleNanos(7)).isEqualTo(7);
  }

  @Test
  void aConnectionIsSpentWithItsLastRequest() {
    ConnectionPool two = ConnectionPool.builder().maxRequestsPerConnection(2).build();

    assertThat(two.limitsConnections()).isTrue();
    assertThat(two.isSpent(1)).isFalse();
    assertThat(two.isSpent(2)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "-1, 10", "11, 10", "9, 9"})
  void theShorterIdleTimeHolds(long client, long both) {
    ConnectionPool ten = ConnectionPool.builder().idleTimeoutNanos(10).build();

    assertThat(ten.limitsConnections()).isTrue();
    assertThat(ten.idleNanos(client)).isEqualTo(both);
  }
}
