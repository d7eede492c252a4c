package dev.heddle.agent.core.call;

import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.Router;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What adapters ask: is this host managed, and if so, a call to it. */
public final class CallPipeline {

  /** Hosts asked about at most, so that an app that calls ever new hosts does not fill memory. */
  private static final int MAX_ASKED_HOSTS = 10_000;

  private static final String AGENT_THREADS = "heddle-";

  /** Follows a host at the control service. */
  public interface Follower {

    /** Completes when calls to the host can be decided; may never do so. */
    CompletableFuture<Void> follow(String host, int port);
  }

  private final Router router;
  private final Follower follower;
  private final Exclusions exclusions;
  private final long firstCallWaitNanos;
  private final RandomSource random;
  private final ScheduledExecutorService timers;
  private final CallMetrics metrics;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /** A pipeline over a router that somebody else keeps up to date. */
  public CallPipeline(
      Router router,
      Follower follower,
      Exclusions exclusions,
      long firstCallWaitNanos,
      RandomSource random,
      ScheduledExecutorService timers,
      CallMetrics metrics) {
    this.router = router;
    this.follower = follower;
    this.exclusions = exclusions;
    this.firstCallWaitNanos = firstCallWaitNanos;
    this.random = random;
    this.timers = timers;
    this.metrics = metrics;
  }

  /**
   * What decides on calls to a host, or null: the call goes its own way. The first call to a host
   * waits for its routes, once and bounded; blocks then.
   */
  public @Nullable HostRouter await(String host, int port) {
    if (exclusions.covers(host, port) || ownThread()) {
      return null;
    }
    HostRouter known = router.find(host, port);
    if (known != null || !firstAsked(host, port)) {
      return known;
    }
    try {
      follower.follow(host, port).get(firstCallWaitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      return null; // no answer in time: the call goes its own way, as DESIGN §8 says
    }
    return router.find(host, port);
  }

  /** As {@link #await}, without blocking: completes when it is known. */
  public CompletableFuture<@Nullable HostRouter> find(String host, int port) {
    if (exclusions.covers(host, port) || ownThread()) {
      return CompletableFuture.completedFuture(null);
    }
    HostRouter known = router.find(host, port);
    if (known != null || !firstAsked(host, port)) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<@Nullable HostRouter> answer = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        follower.follow(host, port).thenRun(() -> answer.complete(router.find(host, port)));
    giveUpInTime(answer);
    return answer;
  }

  private void giveUpInTime(CompletableFuture<@Nullable HostRouter> answer) {
    Future<?> unused =
        timers.schedule(() -> answer.complete(null), firstCallWaitNanos, TimeUnit.NANOSECONDS);
  }

  private boolean firstAsked(String host, int port) {
    return asked.size() < MAX_ASKED_HOSTS && asked.add(host + ':' + port);
  }

  private static boolean ownThread() {
    return Thread.currentThread().getName().startsWith(AGENT_THREADS);
  }

  /** A call to a managed host. */
  public Call call(HostRouter host, CallRequest request, boolean replayable) {
    metrics.call();
    return new Call(host, request, replayable, random);
  }

  /** Runs a call on the calling thread. */
  public BlockingDriver blocking() {
    return new BlockingDriver(timers, metrics);
  }

  /** Runs calls by callbacks. */
  public AsyncDriver async() {
    return new AsyncDriver(timers, metrics);
  }

  /** What is counted. */
  public CallMetrics metrics() {
    return metrics;
  }
}
