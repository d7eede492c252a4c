package dev.heddle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.capture.PodLease;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.workload.PodFacts;
import dev.heddle.node.workload.WorkloadLease;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ControlledPodsTest {

  private static final PodName NAME = PodName.parse("shop/reviews-1");

  private final Map<PodName, PodFacts> told = new HashMap<>();
  private final List<Lease> given = new ArrayList<>();
  private final List<MeshWorkload> unused = new ArrayList<>();
  private final ControlledPods pods =
      new ControlledPods(name -> Optional.ofNullable(told.get(name)), this::acquire, unused::add);

  /** What a workload would be. */
  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  private static final class Lease implements WorkloadLease {
    private final MeshWorkload workload =
        (MeshWorkload)
            Proxy.newProxyInstance(
                Lease.class.getClassLoader(),
                new Class<?>[] {MeshWorkload.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("equals")) {
                    return proxy == arguments[0];
                  }
                  throw new AssertionError(method);
                });
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private boolean closed;

    @Override
    public MeshWorkload workload() {
      return workload;
    }

    @Override
    public CompletableFuture<Void> ready() {
      return ready;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aPodIsLeasedOnceControlTellsOfItAndItsWorkloadIsReady() {
    CompletableFuture<PodLease> asked = pods.lease(NAME);
    tell("v1");
    assertThat(asked).isNotDone();
    assertThat(given).isEmpty();
    tell("v1", "10.0.0.1");
    assertThat(asked).isNotDone();
    given.getFirst().ready.complete(null);
    assertThat(asked.join().addresses()).containsExactly(InetAddress.ofLiteral("10.0.0.1"));
    assertThat(asked.join().workload()).isSameAs(given.getFirst().workload);
  }

  @Test
  void whoNoLongerWaitsHoldsNothing() {
    CompletableFuture<PodLease> before = pods.lease(NAME);
    before.cancel(false);
    tell("v1", "10.0.0.1");
    assertThat(given).isEmpty();
    CompletableFuture<PodLease> meanwhile = pods.lease(NAME);
    meanwhile.cancel(false);
    assertThat(given.getFirst().closed).isTrue();
  }

  @Test
  void aPodThatControlTakesAwayOrGivesAnotherAddressIsGone() {
    PodLease first = leased();
    tell("v1", "10.0.0.2");
    assertThat(first.gone()).isDone();
    first.close();
    assertThat(unused).containsExactly(given.getFirst().workload);
    PodLease second = leased();
    told.clear();
    pods.changed();
    assertThat(second.gone()).isDone();
  }

  @Test
  void aPodWithOtherLabelsIsAnotherWorkloadFromWhenThatIsReady() {
    PodLease lease = leased();
    tell("v2", "10.0.0.1");
    tell("v2", "10.0.0.1");
    assertThat(given).hasSize(2);
    assertThat(lease.workload()).isSameAs(given.get(0).workload);
    given.get(1).ready.complete(null);
    assertThat(lease.workload()).isSameAs(given.get(1).workload);
    assertThat(given.get(0).closed).isTrue();
    assertThat(unused).containsExactly(given.get(0).workload);
    assertThat(lease.gone()).isNotDone();
  }

  private PodLease leased() {
    tell("v1", "10.0.0.1");
    CompletableFuture<PodLease> asked = pods.lease(NAME);
    given.getLast().ready.complete(null);
    return asked.join();
  }

  private void tell(String version, String... addresses) {
    told.put(
        NAME,
        new PodFacts(
            NAME,
            "reviews",
            Map.of("version", version),
            java.util.stream.Stream.of(addresses).map(InetAddress::ofLiteral).toList(),
            java.util.Set.of()));
    pods.changed();
  }

  private WorkloadLease acquire(PodFacts facts) {
    Lease lease = new Lease();
    given.add(lease);
    return lease;
  }
}
