package dev.heddle.policy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancersTest {

  private static final long SECOND = 1_000_000_000L;

  private static LoadBalancer consistent(ConsistentHash.Algorithm algorithm, long tableSize) {
    return LoadBalancer.of(
        LoadBalancer.Kind.CONSISTENT_HASH,
        ConsistentHash.builder()
            .algorithm(algorithm)
            .tableSize(tableSize)
            .source(ConsistentHash.Source.HEADER)
            .name("end-user")
            .build(),
        null);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 4, 65_536, 5_000_013})
  void aMaglevTableThatIsNoPrimeIsRefused(long tableSize) {
    assertThatThrownBy(
            () -> Balancers.check(consistent(ConsistentHash.Algorithm.MAGLEV, tableSize)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maglev tableSize: " + tableSize + " (expected: a prime from 2 to 5000011)");
  }

  @Test
  void aConsistentHashWithoutItsKeyIsRefused() {
    LoadBalancer settings = LoadBalancer.of(LoadBalancer.Kind.CONSISTENT_HASH, null, null);
    assertThatThrownBy(() -> Balancers.check(settings))
        .hasMessage("consistentHash: absent (expected: present)");
  }

  @ParameterizedTest
  @EnumSource(ConsistentHash.Algorithm.class)
  void aCallWithoutAKeyMayGoAnywhere(ConsistentHash.Algorithm algorithm) {
    Host[] hosts = {
      Host.known(TestMesh.endpoint(1).build()), Host.known(TestMesh.endpoint(2).build())
    };
    Balancer balancer = Balancers.of(consistent(algorithm, 1009), hosts, new SeededRandom(1));
    assertThat(balancer.pick(Balancer.NO_HASH, 0, bound -> 0)).isSameAs(hosts[0]);
    assertThat(balancer.pick(Balancer.NO_HASH, 0, bound -> 1)).isSameAs(hosts[1]);
  }

  @Test
  void aHostThatAppearedGetsItsShareLittleByLittle() {
    Host known = Host.known(TestMesh.endpoint(1).build());
    Host young = Host.appeared(TestMesh.endpoint(2).build(), 0);
    LoadBalancer settings =
        LoadBalancer.of(LoadBalancer.Kind.ROUND_ROBIN, null, Warmup.of(100 * SECOND, 10, 1));
    SeededRandom random = new SeededRandom(5);
    Balancer balancer = Balancers.of(settings, new Host[] {known, young}, random);
    assertThat(picks(balancer, young, SECOND, random)).isBetween(500, 1_500);
    assertThat(picks(balancer, young, 50 * SECOND, random)).isBetween(2_800, 3_800);
    assertThat(picks(balancer, young, 100 * SECOND, random)).isBetween(4_900, 5_100);
  }

  private static int picks(Balancer balancer, Host wanted, long nowNanos, RandomSource random) {
    int picks = 0;
    for (int i = 0; i < 10_000; i++) {
      picks += balancer.pick(0, nowNanos, random) == wanted ? 1 : 0;
    }
    return picks;
  }

  @Test
  void weightsOfAnySizeAndZeroAreBornByEveryBalancer() {
    Host[] hosts = {
      Host.known(TestMesh.endpoint(1).weight(0).build()),
      Host.known(TestMesh.endpoint(2).weight(Integer.MAX_VALUE).build()),
      Host.known(TestMesh.endpoint(3).weight(Integer.MAX_VALUE).build())
    };
    SeededRandom random = new SeededRandom(1);
    for (LoadBalancer.Kind kind :
        new LoadBalancer.Kind[] {
          LoadBalancer.Kind.LEAST_REQUEST, LoadBalancer.Kind.ROUND_ROBIN, LoadBalancer.Kind.RANDOM
        }) {
      Balancer balancer = Balancers.of(LoadBalancer.of(kind, null, null), hosts, random);
      assertThat(balancer.pick(0, 0, random)).isNotNull();
    }
    for (ConsistentHash.Algorithm algorithm : ConsistentHash.Algorithm.values()) {
      Balancer balancer = Balancers.of(consistent(algorithm, 1009), hosts, random);
      assertThat(balancer.pick(HashKey.of("key"), 0, random)).isIn((Object[]) hosts);
    }
  }
}
