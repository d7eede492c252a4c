package dev.heddle.policy.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.SeededRandom;
import dev.heddle.policy.TestMesh;
import dev.heddle.policy.TestRequest;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.StringMatch;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTest {

  private static final long MILLI = 1_000_000L;
  private static final int NO_GRPC = -1;

  private static Router router(HttpRoute.Builder route, Cluster.Builder cluster) {
    return TestMesh.router(route.build(), 3, cluster.build());
  }

  private static Router router(HttpRoute.Builder route) {
    return router(route, TestMesh.cluster());
  }

  private static Call call(Router router, TestRequest request, boolean replayable) {
    return new Call(TestMesh.reviews(router), request, replayable, new SeededRandom(3));
  }

  private static Call call(Router router) {
    return call(router, TestRequest.get("/"), true);
  }

  private static Attempt attempt(Action action) {
    assertThat(action).isInstanceOf(Action.Send.class);
    return ((Action.Send) action).attempt();
  }

  private static LocalReply reply(Action action) {
    assertThat(action).isInstanceOf(Action.Reply.class);
    return ((Action.Reply) action).reply();
  }

  private static void assertNothingTaken(Router router) {
    ClusterState state = Objects.requireNonNull(router.clusters().get(TestMesh.REVIEWS));
    assertThat(state.limits().activeRequests()).isZero();
    assertThat(state.limits().activeRetries()).isZero();
    assertThat(state.hosts()).allMatch(host -> host.activeRequests() == 0);
  }

  private static HttpRoute.Builder retrying(int attempts, RetryPolicy.Condition... on) {
    return TestMesh.route()
        .retry(
            RetryPolicy.builder()
                .attempts(attempts)
                .retryOn(EnumSet.copyOf(Arrays.asList(on)))
                .ignorePreviousHosts(true)
                .build());
  }

  @Test
  void aCallIsSentDeliveredAndGivesBackWhatItTook() {
    Router router = router(TestMesh.route());
    Call call = call(router);
    Attempt attempt = attempt(call.start(0));
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.endpoint()).isNotNull();
    assertThat(attempt.path()).isEqualTo("/");
    assertThat(attempt.authority()).isNull();
    assertThat(attempt.timeoutNanos()).isZero();
    assertThat(
            Objects.requireNonNull(router.clusters().get(TestMesh.REVIEWS))
                .limits()
                .activeRequests())
        .isEqualTo(1);
    assertThat(call.responded(200, NO_GRPC, 1)).isInstanceOf(Action.Deliver.class);
    call.finished();
    assertNothingTaken(router);
  }

  @Test
  void aRequestThatNoRouteMatchesIsAnswered404() {
    RouteMatch post =
        RouteMatch.builder().method(StringMatch.of(StringMatch.Kind.EXACT, "POST")).build();
    LocalReply reply =
        reply(call(router(TestMesh.route().matches(Collections.singletonList(post)))).start(0));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.reason()).isEqualTo("route_not_found");
  }

  @Test
  void anEmptySubsetIsAnswered503AndNeverByOtherInstances() {
    Router router =
        router(
            TestMesh.route(),
            TestMesh.cluster().subsetLabels(Collections.singletonMap("version", "v9")));
    LocalReply reply = reply(call(router).start(0));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.reason()).isEqualTo("no_healthy_upstream");
    assertNothingTaken(router);
  }

  @Test
  void aSubsetHoldsTheInstancesThatCarryItsLabels() {
    Router router =
        router(
            TestMesh.route(),
            TestMesh.cluster().subsetLabels(Collections.singletonMap("version", "v2")));
    for (int i = 0; i < 10; i++) {
      Attempt attempt = attempt(call(router).start(0));
      assertThat(Objects.requireNonNull(attempt.endpoint()).labels())
          .containsEntry("version", "v2");
    }
  }

  @Test
  void theAppsOwnAddressIsUsedWhereNothingResolves() {
    Router byResolution =
        router(TestMesh.route(), TestMesh.cluster().resolution(Cluster.Resolution.PASSTHROUGH));
    Router byBalancer =
        router(
            TestMesh.route(),
            TestMesh.cluster()
                .loadBalancer(LoadBalancer.of(LoadBalancer.Kind.PASSTHROUGH, null, null)));
    assertThat(attempt(call(byResolution).start(0)).endpoint()).isNull();
    assertThat(attempt(call(byBalancer).start(0)).endpoint()).isNull();
  }

  @Test
  void aFailedConnectIsRetriedOnOtherHostsThenTheErrorIsTheApps() {
    Router router = router(TestMesh.route());
    Call call = call(router, TestRequest.post("/"), false);
    Set<Object> addresses = new HashSet<>();
    Action action = call.start(0);
    for (int number = 1; number <= 3; number++) {
      Attempt attempt = attempt(action);
      assertThat(attempt.number()).isEqualTo(number);
      addresses.add(Objects.requireNonNull(attempt.endpoint()).address());
      action = call.failed(Outcome.CONNECT_FAILED, 0);
      if (number < 3) {
        assertThat(((Action.Wait) action).nanos()).isBetween(0L, 75 * MILLI);
        action = call.waited(0);
      }
    }
    assertThat(addresses).hasSize(3);
    assertThat(action).isInstanceOf(Action.Fail.class);
    assertNothingTaken(router);
  }

  @Test
  void retriesBehindTheFirstLookForOtherLocalitiesWhereTheRuleSaysSo() {
    assertThat(secondRetriesThatStayedIn(retryingAcross(true), "near")).isZero();
    assertThat(secondRetriesThatStayedIn(retryingAcross(false), "near")).isPositive();
  }

  @Test
  void whereOneLocalityIsAllThereIsRetriesStayInIt() {
    Call call = new Call(hosts(retryingAcross(true), 2, 0), TestRequest.get("/"), true, bound -> 0);
    Action action = call.start(0);
    for (int number = 1; number <= 3; number++) {
      assertThat(Objects.requireNonNull(attempt(action).endpoint()).locality()).isEqualTo("near");
      action = call.failed(Outcome.CONNECT_FAILED, 0);
      action = number < 3 ? call.waited(0) : action;
    }
  }

  private static HttpRoute retryingAcross(boolean localities) {
    return TestMesh.route()
        .retry(
            RetryPolicy.DEFAULT.toBuilder()
                .ignorePreviousHosts(false)
                .retryRemoteLocalities(localities)
                .build())
        .build();
  }

  private static HostRouter hosts(HttpRoute route, int near, int far) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < near + far; i++) {
      endpoints.add(TestMesh.endpoint(i).locality(i < near ? "near" : "far").build());
    }
    Router router = new Router(TestMesh.SOURCE, new SeededRandom(1));
    router.update(
        Mesh.EMPTY
            .with(TestMesh.routes(route, TestMesh.cluster().build()))
            .with(HostEndpoints.of(TestMesh.REVIEWS.host(), TestMesh.REVIEWS.port(), endpoints)),
        0);
    return TestMesh.reviews(router);
  }

  /** Of 200 calls, those whose third attempt stayed where the two before had failed. */
  private static int secondRetriesThatStayedIn(HttpRoute route, String locality) {
    HostRouter host = hosts(route, 8, 2);
    int stayed = 0;
    for (int seed = 0; seed < 200; seed++) {
      Call call = new Call(host, TestRequest.get("/"), true, new SeededRandom(seed));
      List<String> seen = new ArrayList<>();
      Action action = call.start(0);
      for (int number = 1; number <= 3; number++) {
        seen.add(Objects.requireNonNull(attempt(action).endpoint()).locality());
        action = call.failed(Outcome.CONNECT_FAILED, 0);
        action = number < 3 ? call.waited(0) : action;
      }
      stayed += seen.equals(Collections.nCopies(3, locality)) ? 1 : 0;
    }
    return stayed;
  }

  @Test
  void aRequestThatCannotBeReplayedIsNotRetriedOnceItMayHaveBeenSent() {
    Router router =
        router(
            retrying(2, RetryPolicy.Condition.SERVER_ERROR, RetryPolicy.Condition.REFUSED_STREAM));
    Call reset = call(router, TestRequest.post("/"), false);
    reset.start(0);
    assertThat(reset.failed(Outcome.RESET, 0)).isInstanceOf(Action.Fail.class);
    Call refused = call(router, TestRequest.post("/"), false);
    refused.start(0);
    assertThat(refused.failed(Outcome.REFUSED, 0)).isInstanceOf(Action.Fail.class);
    Call responded = call(router, TestRequest.post("/"), false);
    responded.start(0);
    assertThat(responded.responded(503, NO_GRPC, 0)).isInstanceOf(Action.Deliver.class);
    responded.finished();
    assertNothingTaken(router);
  }

  @Test
  void aResponseIsRetriedByItsStatusAndTheLastOneIsDelivered() {
    Router router = router(retrying(1, RetryPolicy.Condition.GATEWAY_ERROR));
    Call call = call(router);
    attempt(call.start(0));
    assertThat(call.responded(503, NO_GRPC, 0)).isInstanceOf(Action.Wait.class);
    assertThat(attempt(call.waited(0)).number()).isEqualTo(2);
    assertThat(call.responded(503, NO_GRPC, 0)).isInstanceOf(Action.Deliver.class);
    call.finished();
    assertThat(call.attempts()).isEqualTo(2);
    assertNothingTaken(router);
  }

  @Test
  void theRetryBudgetBoundsRetriesUnderWay() {
    Router router =
        router(
            retrying(2, RetryPolicy.Condition.SERVER_ERROR),
            TestMesh.cluster().connectionPool(ConnectionPool.builder().maxRetries(1).build()));
    Call first = call(router);
    Call second = call(router);
    first.start(0);
    second.start(0);
    assertThat(first.responded(500, NO_GRPC, 0)).isInstanceOf(Action.Wait.class);
    assertThat(second.responded(500, NO_GRPC, 0)).isInstanceOf(Action.Deliver.class);
    first.cancelled();
    second.finished();
    assertNothingTaken(router);
  }

  @Test
  void theTimeoutOfARouteHoldsForAllAttemptsAndTheirPauses() {
    Router router =
        router(retrying(9, RetryPolicy.Condition.SERVER_ERROR).timeoutNanos(100 * MILLI));
    Call call = call(router);
    assertThat(attempt(call.start(0)).timeoutNanos()).isEqualTo(100 * MILLI);
    assertThat(call.responded(500, NO_GRPC, 60 * MILLI)).isInstanceOf(Action.Wait.class);
    assertThat(attempt(call.waited(70 * MILLI)).timeoutNanos()).isEqualTo(30 * MILLI);
    LocalReply reply = reply(call.timedOut(100 * MILLI));
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.reason()).isEqualTo("upstream_request_timeout");
    assertNothingTaken(router);
  }

  @Test
  void aTimerThatFiresALittleEarlyStillEndsTheCall() {
    Router router =
        router(retrying(9, RetryPolicy.Condition.SERVER_ERROR).timeoutNanos(100 * MILLI));
    Call call = call(router);
    call.start(0);
    assertThat(reply(call.timedOut(100 * MILLI - 1)).reason())
        .isEqualTo("upstream_request_timeout");
    assertNothingTaken(router);
  }

  @Test
  void theRestOfAResponseHasWhatIsLeftOfTheTimeout() {
    Call call = call(router(TestMesh.route().timeoutNanos(100 * MILLI)));
    call.start(0);
    Action.Deliver deliver = (Action.Deliver) call.responded(200, NO_GRPC, 40 * MILLI);
    assertThat(deliver.timeoutNanos()).isEqualTo(60 * MILLI);
  }

  @Test
  void aTryThatTakesTooLongIsMadeAgainAndTheLastOneIsAnswered504() {
    RetryPolicy policy =
        RetryPolicy.builder()
            .attempts(1)
            .perTryTimeoutNanos(10 * MILLI)
            .retryOn(EnumSet.of(RetryPolicy.Condition.SERVER_ERROR))
            .build();
    Router router = router(TestMesh.route().retry(policy));
    Call call = call(router);
    assertThat(attempt(call.start(0)).timeoutNanos()).isEqualTo(10 * MILLI);
    assertThat(call.timedOut(10 * MILLI)).isInstanceOf(Action.Wait.class);
    call.waited(20 * MILLI);
    LocalReply reply = reply(call.timedOut(30 * MILLI));
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.reason()).isEqualTo("upstream_per_try_timeout");
    assertNothingTaken(router);
  }

  @Test
  void aDelayComesBeforeAnAbortAndOutsideTheTimeout() {
    Router delayed =
        router(TestMesh.route().fault(Fault.of(7_000 * MILLI, 100, 0, -1, 0)).timeoutNanos(MILLI));
    Call call = call(delayed);
    assertThat(((Action.Wait) call.start(0)).nanos()).isEqualTo(7_000 * MILLI);
    assertThat(attempt(call.waited(7_000 * MILLI)).timeoutNanos()).isEqualTo(MILLI);

    Call aborted = call(router(TestMesh.route().fault(Fault.of(1, 100, 418, -1, 100))));
    aborted.start(0);
    assertThat(reply(aborted.waited(1)).status()).isEqualTo(418);
  }

  @Test
  void anAbortWithAGrpcStatusIsAResponseWithoutBodyThatCarriesIt() {
    LocalReply reply =
        reply(call(router(TestMesh.route().fault(Fault.of(0, 0, 0, 14, 100)))).start(0));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("grpc-status", "14");
    assertThat(reply.reason()).isEqualTo("fault_filter_abort");
  }

  @Test
  void faultsHitTheirShareOfCalls() {
    Router router = router(TestMesh.route().fault(Fault.of(0, 0, 500, -1, 25)));
    SeededRandom random = new SeededRandom(11);
    int aborted = 0;
    for (int i = 0; i < 10_000; i++) {
      Call call = new Call(TestMesh.reviews(router), TestRequest.get("/"), true, random);
      aborted += call.start(0) instanceof Action.Reply ? 1 : 0;
      call.cancelled();
    }
    assertThat(aborted).isBetween(2_300, 2_700);
  }

  @Test
  void redirectsAndDirectResponsesAreAnsweredByTheMesh() {
    Redirect redirect = Redirect.builder().uri("/v2").authority("new.example").code(302).build();
    LocalReply moved = reply(call(router(TestMesh.route().redirect(redirect))).start(0));
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.headers()).containsEntry("location", "http://new.example/v2");
    LocalReply direct =
        reply(
            call(router(TestMesh.route().directResponse(DirectResponse.of(503, "closed"))))
                .start(0));
    assertThat(direct.status()).isEqualTo(503);
    assertThat(direct.body()).isEqualTo("closed");
    assertThat(direct.reason()).isEqualTo("direct_response");
  }

  @Test
  void aFullPoolIsAnswered503() {
    ConnectionPool pool = ConnectionPool.builder().maxConnections(1).maxPendingRequests(1).build();
    Router router = router(TestMesh.route(), TestMesh.cluster().connectionPool(pool));
    Call first = call(router);
    first.start(0);
    Call second = call(router);
    second.start(0);
    LocalReply reply = reply(call(router).start(0));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.reason()).isEqualTo("upstream_overflow");
    first.cancelled();
    attempt(call(router).start(0));
  }

  @Test
  void requestAndResponseAreChangedByTheDestinationThenByTheRoute() {
    HeaderChange byRoute = change("by", "route");
    HeaderChange byDestination = change("by", "destination");
    HttpRoute.Builder route =
        HttpRoute.builder()
            .destinations(
                Collections.singletonList(
                    WeightedDestination.of(TestMesh.REVIEWS, 1, byDestination, HeaderChange.NONE)))
            .requestHeaders(byRoute)
            .responseHeaders(byRoute)
            .rewrite(Rewrite.of("/v2/", "other", null, null));
    Call call = call(router(route), TestRequest.get("/x?q=1"), true);
    Attempt attempt = attempt(call.start(0));
    assertThat(attempt.requestHeaders()).containsExactly(byDestination, byRoute);
    assertThat(attempt.path()).isEqualTo("/v2/x?q=1");
    assertThat(attempt.authority()).isEqualTo("other");
    Action.Deliver deliver = (Action.Deliver) call.responded(200, NO_GRPC, 0);
    assertThat(deliver.responseHeaders()).containsExactly(byRoute);
  }

  @Test
  void whatARequestInheritsIsSentUnlessARouteChangesIt() {
    HeaderChange inherited = change("traceparent", "00-1-2-01");
    HeaderChange byRoute = change("by", "route");
    HttpRoute.Builder route = TestMesh.route().requestHeaders(byRoute);
    Call call = call(router(route), TestRequest.get("/").inheriting(inherited), true);
    assertThat(attempt(call.start(0)).requestHeaders()).containsExactly(inherited, byRoute);
  }

  private static HeaderChange change(String name, String value) {
    return HeaderChange.of(
        Collections.singletonMap(name, value), Collections.emptyMap(), Collections.emptyList());
  }

  @Test
  void mirrorsGoWithTheFirstAttemptAlone() {
    Destination shadow = Destination.of(TestMesh.REVIEWS.host(), 9080, "v2");
    HttpRoute route =
        TestMesh.route().mirrors(Collections.singletonList(Mirror.of(shadow, 100))).build();
    Cluster mirrored =
        Cluster.builder()
            .destination(shadow)
            .subsetLabels(Collections.singletonMap("version", "v2"))
            .build();
    Call call = call(TestMesh.router(route, 3, TestMesh.cluster().build(), mirrored));
    assertThat(attempt(call.start(0)).mirrors())
        .extracting(copy -> copy.endpoint().labels().get("version"))
        .containsExactly("v2");
    call.failed(Outcome.CONNECT_FAILED, 0);
    assertThat(attempt(call.waited(0)).mirrors()).isEmpty();
  }

  @Test
  void aCallWithoutItsHashCookieGetsOneThatLeadsBackToTheSameHost() {
    ConsistentHash hash =
        ConsistentHash.builder()
            .algorithm(ConsistentHash.Algorithm.RING_HASH)
            .tableSize(1024)
            .source(ConsistentHash.Source.COOKIE)
            .name("user")
            .cookiePath("/")
            .cookieTtlNanos(60_000 * MILLI)
            .build();
    Router router =
        router(
            TestMesh.route(),
            TestMesh.cluster()
                .loadBalancer(LoadBalancer.of(LoadBalancer.Kind.CONSISTENT_HASH, hash, null)));
    Call first = call(router);
    Object host = attempt(first.start(0)).endpoint();
    Action.Deliver deliver = (Action.Deliver) first.responded(200, NO_GRPC, 0);
    String cookie =
        Objects.requireNonNull(deliver.responseHeaders().get(0).add().get("set-cookie"));
    assertThat(cookie).matches("user=[0-9a-f]+; Max-Age=60; Path=/; HttpOnly");
    String sent = "a=b; " + cookie.substring(0, cookie.indexOf(';'));
    Call second = call(router, TestRequest.get("/").with("cookie", sent), true);
    assertThat(attempt(second.start(0)).endpoint()).isEqualTo(host);
    assertThat(((Action.Deliver) second.responded(200, NO_GRPC, 0)).responseHeaders()).isEmpty();

    // java.net.CookieManager sends a cookie with Max-Age so
    String quoted = sent.replaceFirst("user=([0-9a-f]+)", "user=\"$1\"");
    Call third = call(router, TestRequest.get("/").with("cookie", quoted), true);
    assertThat(attempt(third.start(0)).endpoint()).isEqualTo(host);
  }

  @Test
  void whatComesAfterTheEndChangesNothing() {
    Router router = router(TestMesh.route());
    Call call = call(router);
    call.start(0);
    call.cancelled();
    call.cancelled();
    assertThat(call.responded(200, NO_GRPC, 0)).isInstanceOf(Action.Fail.class);
    assertThat(call.timedOut(0)).isInstanceOf(Action.Fail.class);
    assertThat(call.waited(0)).isInstanceOf(Action.Fail.class);
    call.finished();
    assertNothingTaken(router);
  }
}
