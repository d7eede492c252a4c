package dev.heddle.node;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.capture.PodLease;
import dev.heddle.node.capture.PodRegistry;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.workload.PodFacts;
import dev.heddle.node.workload.WorkloadLease;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Capture's pods as control tells of them: waits for those that it will tell of. */
final class ControlledPods implements PodRegistry {

  private final Function<PodName, Optional<PodFacts>> facts;
  private final Function<PodFacts, WorkloadLease> workloads;
  private final Consumer<MeshWorkload> unused;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final Set<Leased> leased = ConcurrentHashMap.newKeySet();

  /**
   * @param unused told of a workload when the last pod of it is gone
   */
  ControlledPods(
      Function<PodName, Optional<PodFacts>> facts,
      Function<PodFacts, WorkloadLease> workloads,
      Consumer<MeshWorkload> unused) {
    this.facts = facts;
    this.workloads = workloads;
    this.unused = unused;
  }

  private record Waiting(PodName name, CompletableFuture<PodLease> lease) {}

  @Override
  public CompletableFuture<PodLease> lease(PodName name) {
    Waiting ours = new Waiting(name, new CompletableFuture<>());
    waiting.add(ours);
    ours.lease().whenComplete((lease, failure) -> waiting.remove(ours));
    tryAgain(ours);
    return ours.lease();
  }

  /** The workloads that have pods here. */
  Set<MeshWorkload> workloads() {
    return leased.stream().map(Leased::workload).collect(Collectors.toUnmodifiableSet());
  }

  /** Control told of pods. */
  void changed() {
    waiting.forEach(this::tryAgain);
    leased.forEach(Leased::look);
  }

  private void tryAgain(Waiting asked) {
    Optional<PodFacts> known = facts.apply(asked.name());
    if (known.isEmpty() || known.get().addresses().isEmpty() || !waiting.remove(asked)) {
      return;
    }
    WorkloadLease workload = workloads.apply(known.get());
    Leased lease = new Leased(known.get(), workload);
    leased.add(lease);
    asked
        .lease()
        .whenComplete(
            (given, failure) -> {
              if (failure != null) {
                lease.close(); // nobody waited for its certificate
              }
            });
    workload
        .ready()
        .whenComplete(
            (ready, failure) -> {
              if (failure != null) {
                asked.lease().completeExceptionally(failure);
              } else {
                asked.lease().complete(lease);
              }
            });
  }

  private void drop(WorkloadLease workload) {
    workload.close();
    MeshWorkload dropped = workload.workload();
    if (leased.stream().noneMatch(other -> other.workload().equals(dropped))) {
      unused.accept(dropped);
    }
  }

  private final class Leased implements PodLease {
    private final Set<InetAddress> addresses;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private PodFacts pod;
    private volatile WorkloadLease workload;

    Leased(PodFacts pod, WorkloadLease workload) {
      this.pod = pod;
      this.addresses = Set.copyOf(pod.addresses());
      this.workload = workload;
    }

    /** Labels may change while a pod runs; with other addresses it is another pod. */
    synchronized void look() {
      Optional<PodFacts> now = facts.apply(pod.name());
      if (now.isEmpty() || !Set.copyOf(now.get().addresses()).equals(addresses)) {
        gone.complete(null);
      } else if (!now.get().equals(pod) && leased.contains(this)) {
        pod = now.get();
        PodFacts wanted = pod;
        WorkloadLease next = workloads.apply(wanted);
        next.ready().thenRun(() -> become(wanted, next));
      }
    }

    private synchronized void become(PodFacts wanted, WorkloadLease next) {
      if (wanted.equals(pod) && leased.contains(this)) {
        WorkloadLease before = workload;
        workload = next;
        drop(before);
      } else {
        next.close();
      }
    }

    @Override
    public MeshWorkload workload() {
      return workload.workload();
    }

    @Override
    public Set<InetAddress> addresses() {
      return addresses;
    }

    @Override
    public synchronized Set<String> probes() {
      return pod.probes();
    }

    @Override
    public CompletableFuture<Void> gone() {
      return gone;
    }

    @Override
    public synchronized void close() {
      if (leased.remove(this)) {
        drop(workload);
      }
    }
  }
}
