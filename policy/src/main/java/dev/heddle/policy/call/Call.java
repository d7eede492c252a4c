package dev.heddle.policy.call;

import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.retry.RetryDecision;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.RoutePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one call: events in, actions out. The driver does what an {@link Action} says and
 * tells what came of it; it never decides. One thread at a time.
 *
 * <p>Whatever a call takes (a place in the pool, a count on a host) it gives back when an action
 * ends it, in {@link #finished} or in {@link #cancelled}. Events that come after the end, such as a
 * timer that raced with a cancellation, change nothing and answer {@link Action.Fail}.
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

  /** Istio: the first retry stays where it is (Envoy's previous_priorities, every 2 attempts). */
  private static final int ATTEMPTS_BEFORE_OTHER_LOCALITIES = 2;

  private final Source source;
  private final CallRequest request;
  private boolean replayable;
  private final RandomSource random;
  private final RouteTable.@Nullable Matched<RoutePlan> matched;
  private final List<Host> tried = new ArrayList<>(2);
  private State state = State.NEW;
  private Deadline deadline = Deadline.NEVER;
  private @Nullable Place place;
  private int attempts;
  private boolean endsWithAttempt;

  /**
   * A call that this host's routes decide on.
   *
   * @param replayable whether the request can be sent a second time once it may have been sent
   */
  public Call(HostRouter router, CallRequest request, boolean replayable, RandomSource random) {
    this.source = router.source();
    this.request = request;
    this.replayable = replayable;
    this.random = random;
    this.matched = router.match(request);
  }

  /** The route taken, or null where none matched. */
  public @Nullable HttpRoute route() {
    return matched == null ? null : matched.route().route();
  }

  /** From now on the request cannot be sent a second time: more of it was read than is kept. */
  public void notReplayable() {
    replayable = false;
  }

  /** Attempts begun so far. */
  public int attempts() {
    return attempts;
  }

  /** Begins. */
  public Action start(long nowNanos) {
    if (state == State.OVER) {
      return Action.Fail.INSTANCE;
    }
    expect(State.NEW);
    if (matched == null) {
      return reply(Replies.noRoute(request));
    }
    Fault fault = matched.route().route().fault();
    if (fault != null && fault.delays() && random.percent(fault.delayPercent())) {
      state = State.DELAYED;
      return new Action.Wait(fault.delayNanos());
    }
    return afterDelay(matched, nowNanos);
  }

  /** The time of a {@link Action.Wait} is over. */
  public Action waited(long nowNanos) {
    if (state == State.OVER) {
      return Action.Fail.INSTANCE;
    }
    if (state == State.DELAYED && matched != null) {
      return afterDelay(matched, nowNanos);
    }
    expect(State.BACKING_OFF);
    return deadline.passed(nowNanos) ? reply(Replies.timeout()) : send(place(), nowNanos);
  }

  /** As in Envoy, faults stand before all that a route does, and outside its timeout. */
  private Action afterDelay(RouteTable.Matched<RoutePlan> to, long nowNanos) {
    RoutePlan plan = to.route();
    HttpRoute route = plan.route();
    Fault fault = route.fault();
    if (fault != null && fault.aborts() && random.percent(fault.abortPercent())) {
      return reply(Replies.abort(fault));
    }
    if (route.redirect() != null) {
      return reply(Replies.redirect(route.redirect(), request));
    }
    if (route.directResponse() != null) {
      return reply(Replies.direct(route.directResponse()));
    }
    int destination = plan.pickDestination(random);
    if (destination < 0) {
      return reply(Replies.noDestination(route));
    }
    ClusterState state = plan.cluster(destination);
    Cluster cluster = state.cluster();
    if (!state.limits().tryRequest(cluster.connectionPool())) {
      return reply(Replies.overflow(cluster));
    }
    deadline = Deadline.in(route.timeoutNanos(), nowNanos);
    Affinity affinity = Affinity.of(cluster.loadBalancer(), request, source.address(), random);
    place = new Place(state, new Outgoing(to, destination, request), affinity, route.retry());
    return send(place, nowNanos);
  }

  private Action send(Place here, long nowNanos) {
    Cluster cluster = here.cluster.cluster();
    Host host = null;
    if (!passesThrough(cluster)) {
      host = here.cluster.pick(here.affinity.hash(), avoided(here.retryPolicy), nowNanos, random);
      if (host == null) {
        return reply(Replies.noHealthyUpstream(cluster));
      }
      here.enter(host);
      tried.add(host);
    }
    attempts++;
    state = State.SENDING;
    long perTry = here.retryPolicy.perTryTimeoutNanos();
    long limit = deadline.limit(perTry, nowNanos);
    endsWithAttempt = limit != perTry;
    return new Action.Send(
        here.outgoing.attempt(
            attempts,
            here.cluster,
            host == null ? null : host.endpoint(),
            limit,
            attempts == 1 && replayable // a body that is read but once belongs to the call itself
                ? here.outgoing.mirrors(nowNanos, random)
                : Collections.<MirrorCopy>emptyList()));
  }

  private Tried avoided(RetryPolicy policy) {
    return attempts == 0
        ? Tried.NONE
        : Tried.of(
            tried,
            policy.ignorePreviousHosts(),
            policy.retryRemoteLocalities() && attempts >= ATTEMPTS_BEFORE_OTHER_LOCALITIES);
  }

  /** Istio's load balancer PASSTHROUGH and resolution NONE: the address that the app asked for. */
  private static boolean passesThrough(Cluster cluster) {
    return cluster.resolution() == Cluster.Resolution.PASSTHROUGH
        || cluster.loadBalancer().kind() == LoadBalancer.Kind.PASSTHROUGH;
  }

  /** The attempt ended without a response. */
  public Action failed(Outcome outcome, long nowNanos) {
    if (state == State.OVER) {
      return Action.Fail.INSTANCE;
    }
    expect(State.SENDING);
    Place here = place();
    here.failed(nowNanos);
    // Where an attempt has all the time that is left its timer is the call's, even if it fires a
    // little early.
    if (deadline.passed(nowNanos) || (endsWithAttempt && outcome == Outcome.TIMED_OUT)) {
      return reply(Replies.timeout());
    }
    // A body that was begun is gone, even if the peer refused the stream unread.
    boolean repeatable = replayable || outcome == Outcome.CONNECT_FAILED;
    if (repeatable
        && RetryDecision.onFailure(here.retryPolicy, outcome)
        && here.mayRetry(attempts)) {
      return backOff(here, nowNanos);
    }
    if (outcome == Outcome.TIMED_OUT) {
      return reply(Replies.attemptTimeout());
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
    if (state == State.OVER) {
      return Action.Fail.INSTANCE;
    }
    expect(State.SENDING);
    Place here = place();
    here.responded(status, grpcStatus, nowNanos);
    if (replayable
        && !deadline.passed(nowNanos)
        && RetryDecision.onResponse(here.retryPolicy, status, grpcStatus)
        && here.mayRetry(attempts)) {
      here.leave();
      return backOff(here, nowNanos);
    }
    state = State.DELIVERING;
    return new Action.Deliver(
        here.outgoing.responseHeaders(here.affinity.responseHeaders()),
        deadline.limit(0, nowNanos));
  }

  /** The response went to the app, whole or as far as the app wanted it. */
  public void finished() {
    end();
  }

  /** The app gave the call up; at any time, more than once does no harm. */
  public void cancelled() {
    end();
  }

  private Action backOff(Place here, long nowNanos) {
    state = State.BACKING_OFF;
    long pause = Backoff.nanos(here.retryPolicy.backoffNanos(), attempts, random);
    return new Action.Wait(pause == 0 ? 0 : deadline.limit(pause, nowNanos));
  }

  private Action reply(LocalReply reply) {
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

  private Place place() {
    if (place == null) {
      throw new IllegalStateException("call has no cluster");
    }
    return place;
  }
}
