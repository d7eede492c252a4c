package dev.heddle.node.outbound;

import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.snapshot.HostRouter;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for hosts on behalf of workloads. The first calls to a host wait for its routes together,
 * once and bounded; who calls an unknown host later does not wait again.
 */
final class HostQuestions {

  /** How long the first call to a host waits for its routes: DESIGN's and the agent's default. */
  static final long FIRST_CALL_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Hosts asked about per workload, so that one that calls ever new hosts does not fill memory. */
  private static final int MAX_ASKED_HOSTS = 10_000;

  private final LongSupplier clock;
  private final ConcurrentMap<MeshWorkload, ConcurrentMap<String, Asked>> workloads =
      new ConcurrentHashMap<>();

  HostQuestions(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Tells what decides on calls to a host, or null: nothing does. Perhaps before it returns, else
   * on the event loop.
   */
  void find(
      MeshWorkload workload,
      String host,
      int port,
      EventLoop loop,
      Consumer<@Nullable HostRouter> then) {
    HostRouter known = workload.router().find(host, port);
    if (known != null) {
      then.accept(known);
      return;
    }
    Asked asked = asked(workload, host, port);
    long left = asked == null ? 0 : asked.deadlineNanos - clock.getAsLong();
    if (asked == null || asked.answer.isDone() || left <= 0) {
      then.accept(workload.router().find(host, port));
      return;
    }
    CompletableFuture<@Nullable Void> once = new CompletableFuture<>();
    io.netty.util.concurrent.Future<?> patience =
        loop.schedule(() -> once.complete(null), left, TimeUnit.NANOSECONDS);
    CompletableFuture<?> unused =
        asked.answer.whenComplete((answer, failure) -> loop.execute(() -> once.complete(null)));
    CompletableFuture<?> unusedToo =
        once.thenRun(
            () -> {
              patience.cancel(false);
              then.accept(workload.router().find(host, port));
            });
  }

  private @Nullable Asked asked(MeshWorkload workload, String host, int port) {
    ConcurrentMap<String, Asked> hosts =
        workloads.computeIfAbsent(workload, w -> new ConcurrentHashMap<>());
    String name = host + ':' + port;
    Asked question = hosts.get(name);
    if (question != null) {
      return question;
    }
    if (hosts.size() >= MAX_ASKED_HOSTS) {
      long now = clock.getAsLong();
      hosts.values().removeIf(old -> old.answer.isDone() || old.deadlineNanos - now <= 0);
    }
    return hosts.size() < MAX_ASKED_HOSTS
        ? hosts.computeIfAbsent(name, n -> ask(workload, host, port))
        : null;
  }

  private Asked ask(MeshWorkload workload, String host, int port) {
    return new Asked(workload.follow(host, port), clock.getAsLong() + FIRST_CALL_WAIT_NANOS);
  }

  /** The last pod of a workload left. */
  void forget(MeshWorkload workload) {
    workloads.remove(workload);
  }

  private record Asked(CompletableFuture<Void> answer, long deadlineNanos) {}
}
