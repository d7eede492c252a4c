package dev.heddle.node.capture;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What control says, said by a test. */
final class TestPods implements PodRegistry {

  private final Map<PodName, Set<InetAddress>> pods = new ConcurrentHashMap<>();
  private final Map<PodName, CompletableFuture<Void>> gone = new ConcurrentHashMap<>();
  private final Set<PodName> leased = ConcurrentHashMap.newKeySet();

  void add(String name, String... addresses) {
    pods.put(
        PodName.parse(name),
        Stream.of(addresses).map(InetAddress::ofLiteral).collect(Collectors.toSet()));
  }

  void remove(String name) {
    pods.remove(PodName.parse(name));
    gone.getOrDefault(PodName.parse(name), new CompletableFuture<>()).complete(null);
  }

  Set<PodName> leased() {
    return leased;
  }

  @Override
  public CompletableFuture<PodLease> lease(PodName name) {
    Set<InetAddress> addresses = pods.get(name);
    if (addresses == null) {
      return new CompletableFuture<>();
    }
    leased.add(name);
    CompletableFuture<Void> end = new CompletableFuture<>();
    gone.put(name, end);
    return CompletableFuture.completedFuture(
        new PodLease() {
          @Override
          public MeshWorkload workload() {
            return named(name);
          }

          @Override
          public Set<InetAddress> addresses() {
            return addresses;
          }

          @Override
          public Set<String> probes() {
            return Set.of();
          }

          @Override
          public CompletableFuture<Void> gone() {
            return end;
          }

          @Override
          public void close() {
            leased.remove(name);
          }
        });
  }

  /** Capture asks a workload for nothing but its name. */
  private static MeshWorkload named(PodName name) {
    return (MeshWorkload)
        Proxy.newProxyInstance(
            TestPods.class.getClassLoader(),
            new Class<?>[] {MeshWorkload.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("identity")) {
                return SpiffeId.of("cluster.local", name.namespace(), name.name());
              }
              throw new AssertionError("capture asked for " + method.getName());
            });
  }
}
