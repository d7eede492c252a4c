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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What adapters ask: is this host managed, and if so, a call to it. */
public final class CallPipeline {

  private static final String AGENT_THREADS = "heddle-";

  private static final CompletableFuture<@Nullable HostRouter> UNMANAGED =
      CompletableFuture.completedFuture(null);

  /** Follows a host at the control service. */
  public interface Follower {

    /** Completes when calls to the host can be decided; may never do so. */
    CompletableFuture<Void> follow(String host, int port);
  }

  private final Router router;
  private final Exclusions exclusions;
  private final RandomSource random;
  private final ScheduledExecutorService timers;
  private final CallMetrics metrics;
  private final Originations tls;
  private final LimitedConnections connections = new LimitedConnections();
  private final IdleSweeps sweeps;
  private final Executor callbacks;
  private final Questions questions;
  private final BlockingDriver blocking;
  private final AsyncDriver async;
  private final Kept kept = new Kept();

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
    this.exclusions = exclusions;
    this.random = random;
    this.timers = timers;
    this.metrics = metrics;
    this.callbacks = new AppThreads(timers);
    this.sweeps = new IdleSweeps(timers, callbacks);
    this.questions = new Questions(follower, firstCallWaitNanos);
    Mirrors mirrors = new Mirrors(metrics);
    Deadlines deadlines = new Deadlines(timers, System::nanoTime);
    this.blocking = new BlockingDriver(deadlines, metrics, mirrors);
    this.async = new AsyncDriver(deadlines, metrics, mirrors);
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
    Questions.Question asked = known == null ? questions.about(host, port) : null;
    if (asked == null) {
      return known;
    }
    if (asked.isOver()) {
      return router.find(host, port);
    }
    try {
      asked.answer().get(asked.nanosLeft(), TimeUnit.NANOSECONDS);
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
      return UNMANAGED;
    }
    HostRouter known = router.find(host, port);
    Questions.Question asked = known == null ? questions.about(host, port) : null;
    if (asked == null || asked.isOver()) {
      HostRouter now = known == null ? router.find(host, port) : known;
      return now == null ? UNMANAGED : CompletableFuture.completedFuture(now);
    }
    CompletableFuture<@Nullable HostRouter> found = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        asked.answer().thenRun(() -> found.complete(router.find(host, port)));
    giveUpAt(asked, found);
    return found;
  }

  private void giveUpAt(Questions.Question asked, CompletableFuture<@Nullable HostRouter> found) {
    Future<?> unused =
        timers.schedule(() -> found.complete(null), asked.nanosLeft(), TimeUnit.NANOSECONDS);
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
    return blocking;
  }

  /** Runs calls by callbacks. */
  public AsyncDriver async() {
    return async;
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

  /**
   * What an adapter keeps from call to call, one for each loader of its library.
   *
   * @param type a class of the adapter
   */
  public <T> T kept(Class<T> type, Supplier<T> make) {
    return kept.get(type, make);
  }
}
