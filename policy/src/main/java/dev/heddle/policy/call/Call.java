package dev.heddle.policy.call;

import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.retry.RetryDecision;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.RoutePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one call: events in, actions out. The driver does what an {@link Action} says and
 * tells what came of it; it never decides. One thread at a time.
 *
 * <p>Whatever a call takes (a place in the pool, a count on a host) it gives back when an action
 * ends it, in {@link #finished} or in {@link #cancelled}.
 */
public final class Call {

  private enum State {
    NEW,
    DELAYED,
    BACKING_OFF,
    SENDING,
    DELIVERING,
    OVER
  }

  private final CallRequest request;
  private final boolean replayable;
  private final String sourceAddress;
  private final RandomSource random;
  private final RouteTable.@Nullable Matched<RoutePlan> matched;
  private final List<Host> tried = new ArrayList<>(2);
  private State state = State.NEW;
  private int destination = -1;
  private @Nullable Place place;
  private int attempts;
  private long deadlineNanos;
  private boolean hasDeadline;

  /**
   * A call that this host's routes decide on.
   *
   * @param replayable whether the request can be sent a second time once it may have been sent
   * @param sourceAddress the caller's address, the key of a hash by source IP
   */
  public Call(
      HostRouter router,
      CallRequest request,
      boolean replayable,
      String sourceAddress,
      RandomSource random) {
    this.request = request;
    this.replayable = replayable;
    this.sourceAddress = sourceAddress;
    this.random = random;
    this.matched = router.match(request);
  }

  /** The route taken, or null where none matched. */
  public @Nullable HttpRoute route() {
    return matched == null ? null : matched.route().route();
  }

  /** Begins. */
  public Action start(long nowNanos) {
    expect(State.NEW);
    HttpRoute route = route();
    if (route == null) {
      return over(
          LocalReply.of(
              404, LocalReply.ROUTE_NOT_FOUND, "no route of " + request.authority() + " matches"));
    }
    if (route.redirect() != null) {
      return over(Replies.redirect(route.redirect(), request));
    }
    if (route.directResponse() != null) {
      return over(Replies.direct(route.directResponse()));
    }
    Fault fault = route.fault();
    if (fault != null && fault.delayNanos() > 0 && random.percent(fault.delayPercent())) {
      state = State.DELAYED;
      return new Action.Wait(fault.delayNanos());
    }
    return afterDelay(route, nowNanos);
  }

  /** The time of a {@link Action.Wait} is over. */
  public Action waited(long nowNanos) {
    HttpRoute route = plan().route();
    if (state == State.DELAYED) {
      return afterDelay(route, nowNanos);
    }
    expect(State.BACKING_OFF);
    return hasDeadline && nowNanos - deadlineNanos >= 0 ? timeout() : send(nowNanos);
  }

  private Action afterDelay(HttpRoute route, long nowNanos) {
    Fault fault = route.fault();
    boolean aborts = fault != null && (fault.abortStatus() > 0 || fault.abortGrpcStatus() >= 0);
    if (aborts && random.percent(fault.abortPercent())) {
      return over(Replies.abort(fault));
    }
    // As in Envoy, the route's timeout begins behind the fault filter.
    hasDeadline = route.timeoutNanos() > 0;
    deadlineNanos = nowNanos + route.timeoutNanos();
    destination = plan().pickDestination(random);
    if (destination < 0) {
      return over(noHealthyUpstream("route has no destination"));
    }
    ClusterState cluster = plan().cluster(destination);
    if (!cluster.limits().tryRequest(cluster.cluster().connectionPool())) {
      return over(
          LocalReply.of(
              503,
              LocalReply.UPSTREAM_OVERFLOW,
              "too many calls under way to " + describe(cluster.cluster())));
    }
    place = new Place(cluster);
    return send(nowNanos);
  }

  private Action send(long nowNanos) {
    Place here = place();
    ClusterState cluster = here.cluster;
    Host host = null;
    if (!passesThrough(cluster.cluster())) {
      long hash = RequestHash.of(cluster.cluster().loadBalancer(), request, sourceAddress);
      host = cluster.pick(hash, avoided(), nowNanos, random);
      if (host == null) {
        return over(noHealthyUpstream("no healthy endpoint of " + describe(cluster.cluster())));
      }
      here.enter(host);
      tried.add(host);
    }
    attempts++;
    state = State.SENDING;
    return new Action.Send(attempt(cluster, host, nowNanos));
  }

  private List<Host> avoided() {
    return retryPolicy().ignorePreviousHosts() ? tried : Collections.emptyList();
  }

  private Attempt attempt(ClusterState cluster, @Nullable Host host, long nowNanos) {
    RoutePlan plan = plan();
    HttpRoute route = plan.route();
    Rewrite rewrite = route.rewrite();
    String path = request.path();
    if (plan.pathRewrite() != null && matched != null) {
      path = plan.pathRewrite().apply(path, matched.match());
    }
    return Attempt.of(
        attempts,
        cluster.cluster(),
        host == null ? null : host.endpoint(),
        path,
        rewrite == null ? null : rewrite.authority(),
        changes(route.destinations().get(destination).requestHeaders(), route.requestHeaders()),
        attemptTimeout(nowNanos),
        attempts == 1 ? mirrors(nowNanos) : Collections.emptyList());
  }

  private long attemptTimeout(long nowNanos) {
    long perTry = retryPolicy().perTryTimeoutNanos();
    if (!hasDeadline) {
      return perTry;
    }
    long left = Math.max(1, deadlineNanos - nowNanos);
    return perTry == 0 ? left : Math.min(perTry, left);
  }

  private List<MirrorCopy> mirrors(long nowNanos) {
    List<Mirror> mirrors = plan().route().mirrors();
    if (mirrors.isEmpty()) {
      return Collections.emptyList();
    }
    List<MirrorCopy> copies = new ArrayList<>(mirrors.size());
    for (int i = 0; i < mirrors.size(); i++) {
      ClusterState cluster = plan().mirrorCluster(i);
      Host host =
          random.percent(mirrors.get(i).percent())
              ? cluster.pick(0, Collections.emptyList(), nowNanos, random)
              : null;
      if (host != null) {
        copies.add(MirrorCopy.of(cluster.cluster(), host.endpoint()));
      }
    }
    return copies;
  }

  /** The attempt ended without a response. */
  public Action failed(Outcome outcome, long nowNanos) {
    expect(State.SENDING);
    place().left(nowNanos);
    boolean late = hasDeadline && nowNanos - deadlineNanos >= 0;
    if (late) {
      return timeout();
    }
    boolean unsent = outcome == Outcome.CONNECT_FAILED || outcome == Outcome.REFUSED;
    if ((unsent || replayable)
        && RetryDecision.onFailure(retryPolicy(), outcome)
        && place().mayRetry(attempts, retryPolicy())) {
      return backOff(nowNanos);
    }
    if (outcome == Outcome.TIMED_OUT) {
      return over(
          LocalReply.of(504, LocalReply.PER_TRY_TIMEOUT, "upstream request timeout of one try"));
    }
    end();
    return Action.Fail.INSTANCE;
  }

  /** The timeout of the attempt, {@link Attempt#timeoutNanos}, passed. */
  public Action timedOut(long nowNanos) {
    return failed(Outcome.TIMED_OUT, nowNanos);
  }

  /**
   * The head of a response came.
   *
   * @param grpcStatus its grpc-status, {@link RetryDecision#NO_GRPC_STATUS} if it has none
   */
  public Action responded(int status, int grpcStatus, long nowNanos) {
    expect(State.SENDING);
    place().responded(status, grpcStatus, nowNanos);
    if (replayable
        && RetryDecision.onResponse(retryPolicy(), status, grpcStatus)
        && place().mayRetry(attempts, retryPolicy())) {
      place().leave();
      return backOff(nowNanos);
    }
    state = State.DELIVERING;
    HttpRoute route = plan().route();
    return new Action.Deliver(
        changes(route.destinations().get(destination).responseHeaders(), route.responseHeaders()));
  }

  /** The response went to the app, whole or as far as the app wanted it. */
  public void finished() {
    expect(State.DELIVERING);
    end();
  }

  /** The app gave the call up; at any time, more than once does no harm. */
  public void cancelled() {
    end();
  }

  private Action backOff(long nowNanos) {
    long pause = Backoff.nanos(retryPolicy().backoffNanos(), attempts, random);
    if (hasDeadline && nowNanos + pause - deadlineNanos >= 0) {
      pause = Math.max(0, deadlineNanos - nowNanos);
    }
    state = State.BACKING_OFF;
    return new Action.Wait(pause);
  }

  private Action timeout() {
    return over(LocalReply.of(504, LocalReply.REQUEST_TIMEOUT, "upstream request timeout"));
  }

  private Action over(LocalReply reply) {
    end();
    return new Action.Reply(reply);
  }

  private void end() {
    state = State.OVER;
    if (place != null) {
      place.giveBack();
      place = null;
    }
  }

  private void expect(State expected) {
    if (state != expected) {
      throw new IllegalStateException("call is " + state + " (expected: " + expected + ")");
    }
  }

  private RoutePlan plan() {
    if (matched == null) {
      throw new IllegalStateException("call has no route");
    }
    return matched.route();
  }

  private Place place() {
    if (place == null) {
      throw new IllegalStateException("call has no cluster");
    }
    return place;
  }

  private RetryPolicy retryPolicy() {
    return plan().route().retry();
  }

  private static boolean passesThrough(Cluster cluster) {
    return cluster.resolution() == Cluster.Resolution.PASSTHROUGH;
  }

  private static LocalReply noHealthyUpstream(String body) {
    return LocalReply.of(503, LocalReply.NO_HEALTHY_UPSTREAM, body);
  }

  private static String describe(Cluster cluster) {
    String subset = cluster.destination().subset();
    return cluster.destination().host()
        + ":"
        + cluster.destination().port()
        + (subset.isEmpty() ? "" : " subset " + subset);
  }

  private static List<HeaderChange> changes(HeaderChange first, HeaderChange second) {
    boolean noFirst = first.equals(HeaderChange.NONE);
    boolean noSecond = second.equals(HeaderChange.NONE);
    if (noFirst && noSecond) {
      return Collections.emptyList();
    }
    return noFirst
        ? Collections.singletonList(second)
        : noSecond ? Collections.singletonList(first) : Arrays.asList(first, second);
  }
}
