package dev.heddle.api.codec;

import static dev.heddle.api.codec.Texts.few;
import static dev.heddle.api.codec.Texts.map;
import static dev.heddle.api.codec.Texts.text;
import static dev.heddle.api.codec.Texts.texts;

import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.NamedMatch;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.StringMatch;
import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Any route that the types of policy can hold. */
final class RouteValues {

  private static final double ABSENT = 0.2;

  private RouteValues() {}

  static Arbitrary<Destination> destination() {
    return Combinators.combine(text(), Arbitraries.integers(), text()).as(Destination::of);
  }

  private static Arbitrary<StringMatch> match() {
    return Combinators.combine(Arbitraries.of(StringMatch.Kind.class), text()).as(StringMatch::of);
  }

  private static Arbitrary<NamedMatch> namedMatch() {
    return Combinators.combine(text(), match()).as(NamedMatch::of);
  }

  private static Arbitrary<RouteMatch> routeMatch() {
    return Builders.withBuilder(RouteMatch::builder)
        .use(text())
        .in(RouteMatch.Builder::name)
        .use(match().injectNull(ABSENT))
        .in(RouteMatch.Builder::uri)
        .use(Arbitraries.of(true, false))
        .in(RouteMatch.Builder::ignoreUriCase)
        .use(match().injectNull(ABSENT))
        .in(RouteMatch.Builder::scheme)
        .use(match().injectNull(ABSENT))
        .in(RouteMatch.Builder::method)
        .use(match().injectNull(ABSENT))
        .in(RouteMatch.Builder::authority)
        .use(few(namedMatch()))
        .in(RouteMatch.Builder::headers)
        .use(few(namedMatch()))
        .in(RouteMatch.Builder::withoutHeaders)
        .use(few(namedMatch()))
        .in(RouteMatch.Builder::queryParams)
        .use(Arbitraries.integers())
        .in(RouteMatch.Builder::port)
        .use(map())
        .in(RouteMatch.Builder::sourceLabels)
        .use(text())
        .in(RouteMatch.Builder::sourceNamespace)
        .build(RouteMatch.Builder::build);
  }

  private static Arbitrary<TcpMatch> tcpMatch() {
    return Builders.withBuilder(TcpMatch::builder)
        .use(texts())
        .in(TcpMatch.Builder::sniHosts)
        .use(texts())
        .in(TcpMatch.Builder::destinationSubnets)
        .use(Arbitraries.integers())
        .in(TcpMatch.Builder::port)
        .use(map())
        .in(TcpMatch.Builder::sourceLabels)
        .use(text())
        .in(TcpMatch.Builder::sourceNamespace)
        .build(TcpMatch.Builder::build);
  }

  static Arbitrary<TcpRoute> tcpRoute() {
    return Combinators.combine(few(tcpMatch()), few(weighted())).as(TcpRoute::of);
  }

  private static Arbitrary<HeaderChange> headerChange() {
    return Combinators.combine(map(), map(), texts()).as(HeaderChange::of);
  }

  private static Arbitrary<WeightedDestination> weighted() {
    return Combinators.combine(
            destination(), Arbitraries.integers(), headerChange(), headerChange())
        .as(WeightedDestination::of);
  }

  private static Arbitrary<Rewrite> rewrite() {
    Arbitrary<String> part = text().injectNull(ABSENT);
    return Combinators.combine(part, part, part, part).as(Rewrite::of);
  }

  private static Arbitrary<Redirect> redirect() {
    return Builders.withBuilder(Redirect::builder)
        .use(text().injectNull(ABSENT))
        .in(Redirect.Builder::uri)
        .use(text().injectNull(ABSENT))
        .in(Redirect.Builder::authority)
        .use(Arbitraries.of(Redirect.PortSource.class))
        .in(Redirect.Builder::portSource)
        .use(Arbitraries.integers())
        .in(Redirect.Builder::port)
        .use(text().injectNull(ABSENT))
        .in(Redirect.Builder::scheme)
        .use(Arbitraries.integers())
        .in(Redirect.Builder::code)
        .build(Redirect.Builder::build);
  }

  private static Arbitrary<DirectResponse> directResponse() {
    return Combinators.combine(Arbitraries.integers(), text()).as(DirectResponse::of);
  }

  private static Arbitrary<Mirror> mirror() {
    return Combinators.combine(destination(), Arbitraries.doubles()).as(Mirror::of);
  }

  private static Arbitrary<Fault> fault() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.doubles())
        .as(Fault::of);
  }

  private static Arbitrary<RetryPolicy> retry() {
    return Builders.withBuilder(RetryPolicy::builder)
        .use(Arbitraries.integers())
        .in(RetryPolicy.Builder::attempts)
        .use(Arbitraries.longs())
        .in(RetryPolicy.Builder::perTryTimeoutNanos)
        .use(Arbitraries.longs())
        .in(RetryPolicy.Builder::backoffNanos)
        .use(Arbitraries.of(RetryPolicy.Condition.class).set())
        .in(RetryPolicy.Builder::retryOn)
        .use(few(Arbitraries.integers()))
        .in(RetryPolicy.Builder::statusCodes)
        .use(Arbitraries.of(true, false))
        .in(RetryPolicy.Builder::ignorePreviousHosts)
        .use(Arbitraries.of(true, false))
        .in(RetryPolicy.Builder::retryRemoteLocalities)
        .build(RetryPolicy.Builder::build);
  }

  static Arbitrary<HttpRoute> route() {
    return Builders.withBuilder(HttpRoute::builder)
        .use(text())
        .in(HttpRoute.Builder::name)
        .use(few(routeMatch()))
        .in(HttpRoute.Builder::matches)
        .use(few(weighted()))
        .in(HttpRoute.Builder::destinations)
        .use(redirect().injectNull(ABSENT))
        .in(HttpRoute.Builder::redirect)
        .use(directResponse().injectNull(ABSENT))
        .in(HttpRoute.Builder::directResponse)
        .use(rewrite().injectNull(ABSENT))
        .in(HttpRoute.Builder::rewrite)
        .use(headerChange())
        .in(HttpRoute.Builder::requestHeaders)
        .use(headerChange())
        .in(HttpRoute.Builder::responseHeaders)
        .use(Arbitraries.longs())
        .in(HttpRoute.Builder::timeoutNanos)
        .use(retry())
        .in(HttpRoute.Builder::retry)
        .use(fault().injectNull(ABSENT))
        .in(HttpRoute.Builder::fault)
        .use(few(mirror()))
        .in(HttpRoute.Builder::mirrors)
        .build(HttpRoute.Builder::build);
  }
}
