package dev.heddle.policy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BalancerPropertyTest {

  private static final int KEYS = 2_000;

  private static Host[] hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Host.known(TestMesh.endpoint(i).build()))
        .toArray(Host[]::new);
  }

  private static Host[] weighted(List<Integer> weights) {
    return IntStream.range(0, weights.size())
        .mapToObj(i -> Host.known(TestMesh.endpoint(i).weight(weights.get(i)).build()))
        .toArray(Host[]::new);
  }

  private static Host[] without(Host[] hosts, int left) {
    return IntStream.range(0, hosts.length)
        .filter(i -> i != left)
        .mapToObj(i -> hosts[i])
        .toArray(Host[]::new);
  }

  @Property(tries = 100)
  void callsAreDividedInProportionToTheWeights(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 100) Integer> weights,
      @ForAll long seed) {
    int calls = 10_000;
    Weights drawn = Weights.of(weights.stream().mapToInt(Integer::intValue).toArray());
    SeededRandom random = new SeededRandom(seed);
    int[] counts = new int[weights.size()];
    for (int i = 0; i < calls; i++) {
      counts[drawn.pick(random)]++;
    }
    double sum = weights.stream().mapToInt(Integer::intValue).sum();
    for (int i = 0; i < counts.length; i++) {
      double share = sum == 0 ? 1.0 / counts.length : weights.get(i) / sum;
      // Five standard deviations: one false alarm in a million.
      double allowed = 5 * Math.sqrt(share * (1 - share) / calls);
      assertThat((double) counts[i] / calls).isBetween(share - allowed, share + allowed);
    }
  }

  @Property(tries = 100)
  void aRoundOfTurnsGivesEachHostItsWeight(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 20) Integer> weights) {
    Host[] hosts = weighted(weights);
    RoundRobinBalancer balancer = new RoundRobinBalancer(hosts, new SeededRandom(7));
    int round = weights.stream().mapToInt(Integer::intValue).sum();
    for (int i = 0; i < round; i++) {
      balancer.pick(0, 0, new SeededRandom(1)).begin();
    }
    for (int i = 0; i < hosts.length; i++) {
      assertThat(hosts[i].activeRequests()).isEqualTo(weights.get(i));
    }
  }

  @Property(tries = 50)
  void aHostThatLeavesTheRingMovesItsOwnKeysAlone(
      @ForAll @IntRange(min = 2, max = 40) int count, @ForAll @IntRange(max = 39) int leaver) {
    Host[] before = hosts(count);
    Host gone = before[leaver % count];
    Balancer full = new RingHashBalancer(before, 4096);
    Balancer rest = new RingHashBalancer(without(before, leaver % count), 4096);
    int moved = 0;
    for (int key = 0; key < KEYS; key++) {
      long hash = HashKey.of("key " + key);
      Host was = full.pick(hash, 0, bound -> 0);
      Host is = rest.pick(hash, 0, bound -> 0);
      moved += was == is ? 0 : 1;
      assertThat(was == is || was == gone).isTrue();
    }
    assertThat((double) moved / KEYS).isLessThan(2.0 / count);
  }

  @Property(tries = 30)
  void aHostThatLeavesTheMaglevTableMovesLittleMoreThanItsOwnKeys(
      @ForAll @IntRange(min = 2, max = 40) int count, @ForAll @IntRange(max = 39) int leaver) {
    Host[] before = hosts(count);
    Balancer full = new MaglevBalancer(before, 65_537);
    Balancer rest = new MaglevBalancer(without(before, leaver % count), 65_537);
    int moved = 0;
    for (int key = 0; key < KEYS; key++) {
      long hash = HashKey.of("key " + key);
      moved += full.pick(hash, 0, bound -> 0) == rest.pick(hash, 0, bound -> 0) ? 0 : 1;
    }
    // Maglev §5.3: a table a hundred times the hosts disturbs few other keys.
    assertThat((double) moved / KEYS).isLessThan(1.0 / count + 0.05);
  }

  @Property(tries = 50)
  void theSameKeyAlwaysGoesToTheSameHost(
      @ForAll @IntRange(min = 1, max = 20) int count, @ForAll String key, @ForAll long seed) {
    long hash = HashKey.of(key);
    for (Balancer balancer :
        new Balancer[] {
          new RingHashBalancer(hosts(count), 1024), new MaglevBalancer(hosts(count), 1009)
        }) {
      SeededRandom random = new SeededRandom(seed);
      Set<Host> seen = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        seen.add(balancer.pick(hash, i, random));
      }
      assertThat(seen).hasSize(1);
    }
  }

  @Property(tries = 50)
  void leastRequestKeepsCallsUnderWayLevel(
      @ForAll @IntRange(min = 2, max = 20) int count, @ForAll long seed) {
    Host[] hosts = hosts(count);
    Balancer balancer = new LeastRequestBalancer(hosts);
    SeededRandom random = new SeededRandom(seed);
    for (int i = 0; i < count * 50; i++) {
      balancer.pick(0, 0, random).begin();
    }
    for (Host host : hosts) {
      assertThat(host.activeRequests()).isBetween(40, 60);
    }
  }
}
