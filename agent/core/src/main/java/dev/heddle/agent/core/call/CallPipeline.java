package dev.heddle.agent.core.call;

import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.context.RequestContext;
import dev.heddle.agent.core.tls.Originations;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.Router;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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
  private final Originations tls;
  private final LimitedConnections connections = new LimitedConnections();
  private final IdleSweeps sweeps;
  private final Mirrors mirrors;
  private final Executor callbacks = AppThreads.create();
  private final ConcurrentMap<String, Asked> hosts = new ConcurrentHashMap<>();

  /** A pipeline over a router that somebody else keeps up to date. */
  public CallPipeline(
      Router router,
      Follower follower,
      Exclusions exclusions,
      long firstCallWaitNanos,
      RandomSource random,
      ScheduledExecutorService timers,
      CallMetrics metrics,
      boolean hasIdentity) {
    this.tls = new Originations(System::nanoTime, hasIdentity);
    this.router = router;
    this.follower = follower;
    this.exclusions = exclusions;
    this.firstCallWaitNanos = firstCallWaitNanos;
    this.random = random;
    this.timers = timers;
    this.metrics = metrics;
    this.sweeps = new IdleSweeps(timers, callbacks);
    this.mirrors = new Mirrors(metrics);
  }

  /**
   * What decides on calls to a host, or null: the call goes its own way. The first calls to a host
   * wait for its routes together, once and bounded; blocks then.
   */
  public @Nullable HostRouter await(String host, int port) {
    if (exclusions.covers(host, port) || ownThread()) {
      return null;
    }
    HostRouter known = router.find(host, port);
    Asked asked = known == null ? asked(host, port) : null;
    if (asked == null) {
      return known;
    }
    if (asked.isOver()) {
      return router.find(host, port);
    }
    try {
      asked.answer.get(asked.nanosLeft(), TimeUnit.NANOSECONDS);
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
    Asked asked = known == null ? asked(host, port) : null;
    if (asked == null) {
      return CompletableFuture.completedFuture(known);
    }
    if (asked.isOver()) {
      return CompletableFuture.completedFuture(router.find(host, port));
    }
    CompletableFuture<@Nullable HostRouter> found = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        asked.answer.thenRun(() -> found.complete(router.find(host, port)));
    giveUpAt(asked, found);
    return found;
  }

  private void giveUpAt(Asked asked, CompletableFuture<@Nullable HostRouter> found) {
    Future<?> unused =
        timers.schedule(() -> found.complete(null), asked.nanosLeft(), TimeUnit.NANOSECONDS);
  }

  /** The question about a host, put to the control service if it was not yet; null: too many. */
  private @Nullable Asked asked(String host, int port) {
    String name = host + ':' + port;
    Asked question = hosts.get(name);
    if (question != null) {
      return question;
    }
    if (hosts.size() >= MAX_ASKED_HOSTS) {
      hosts.values().removeIf(Asked::isOver); // who calls them again asks again
    }
    return hosts.size() < MAX_ASKED_HOSTS
        ? hosts.computeIfAbsent(name, n -> ask(host, port))
        : null;
  }

  private Asked ask(String host, int port) {
    return new Asked(follower.follow(host, port), System.nanoTime() + firstCallWaitNanos);
  }

  private static boolean ownThread() {
    return Thread.currentThread().getName().startsWith(AGENT_THREADS);
  }

  /** A call to a managed host, on behalf of the request that the calling thread serves. */
  public Call call(HostRouter host, CallRequest request, boolean replayable) {
    metrics.call();
    RequestContext context = CurrentContext.toCarry();
    CallRequest whole = context == null ? request : new InheritingRequest(request, context);
    return new Call(host, whole, replayable, random);
  }

  /** Runs a call on the calling thread. */
  public BlockingDriver blocking() {
    return new BlockingDriver(timers, metrics, mirrors);
  }

  /** Runs calls by callbacks. */
  public AsyncDriver async() {
    return new AsyncDriver(timers, metrics, mirrors);
  }

  /** Where code of the app runs when its library has no thread for it at hand. */
  public Executor callbacks() {
    return callbacks;
  }

  /** The TLS that rules ask for. */
  public Originations tls() {
    return tls;
  }

  /** Connections that live no longer than rules say. */
  public LimitedConnections connections() {
    return connections;
  }

  /** Ends them in pools that do not look by themselves. */
  public IdleSweeps sweeps() {
    return sweeps;
  }

  /** What is counted. */
  public CallMetrics metrics() {
    return metrics;
  }

  /** A question to the control service; all calls that come before its answer wait for it. */
  private static final class Asked {

    private final CompletableFuture<Void> answer;
    private final long deadlineNanos;

    Asked(CompletableFuture<Void> answer, long deadlineNanos) {
      this.answer = answer;
      this.deadlineNanos = deadlineNanos;
    }

    long nanosLeft() {
      return deadlineNanos - System.nanoTime();
    }

    boolean isOver() {
      return answer.isDone() || nanosLeft() <= 0;
    }
  }
}
