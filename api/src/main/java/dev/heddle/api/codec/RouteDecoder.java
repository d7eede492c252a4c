package dev.heddle.api.codec;

import static dev.heddle.api.codec.Collections8.copy;
import static dev.heddle.api.codec.Collections8.list;

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
import dev.heddle.policy.route.WeightedDestination;

/**
 * Turns route messages into the values of policy; IllegalArgumentException where an enum is
 * unknown.
 */
public final class RouteDecoder {

  private RouteDecoder() {}

  static StringMatch decode(dev.heddle.api.v1.StringMatch m) {
    return StringMatch.of(Enums.same(StringMatch.Kind.class, m.getKind()), m.getValue());
  }

  static NamedMatch decode(dev.heddle.api.v1.NamedMatch m) {
    return NamedMatch.of(m.getName(), decode(m.getMatch()));
  }

  static RouteMatch decode(dev.heddle.api.v1.RouteMatch m) {
    return RouteMatch.builder()
        .name(m.getName())
        .uri(m.hasUri() ? decode(m.getUri()) : null)
        .ignoreUriCase(m.getIgnoreUriCase())
        .scheme(m.hasScheme() ? decode(m.getScheme()) : null)
        .method(m.hasMethod() ? decode(m.getMethod()) : null)
        .authority(m.hasAuthority() ? decode(m.getAuthority()) : null)
        .headers(list(m.getHeadersList(), RouteDecoder::decode))
        .withoutHeaders(list(m.getWithoutHeadersList(), RouteDecoder::decode))
        .queryParams(list(m.getQueryParamsList(), RouteDecoder::decode))
        .port(m.getPort())
        .sourceLabels(copy(m.getSourceLabelsMap()))
        .sourceNamespace(m.getSourceNamespace())
        .build();
  }

  static HeaderChange decode(dev.heddle.api.v1.HeaderChange m) {
    return HeaderChange.of(copy(m.getSetMap()), copy(m.getAddMap()), copy(m.getRemoveList()));
  }

  static Destination decode(dev.heddle.api.v1.Destination m) {
    return Destination.of(m.getHost(), m.getPort(), m.getSubset());
  }

  static WeightedDestination decode(dev.heddle.api.v1.WeightedDestination m) {
    return WeightedDestination.of(
        decode(m.getDestination()),
        m.getWeight(),
        decode(m.getRequestHeaders()),
        decode(m.getResponseHeaders()));
  }

  static Rewrite decode(dev.heddle.api.v1.Rewrite m) {
    return Rewrite.of(
        m.hasUri() ? m.getUri() : null,
        m.hasAuthority() ? m.getAuthority() : null,
        m.hasRegex() ? m.getRegex() : null,
        m.hasRegexRewrite() ? m.getRegexRewrite() : null);
  }

  static Redirect decode(dev.heddle.api.v1.Redirect m) {
    return Redirect.builder()
        .uri(m.hasUri() ? m.getUri() : null)
        .authority(m.hasAuthority() ? m.getAuthority() : null)
        .portSource(Enums.same(Redirect.PortSource.class, m.getPortSource()))
        .port(m.getPort())
        .scheme(m.hasScheme() ? m.getScheme() : null)
        .code(m.getCode())
        .build();
  }

  static DirectResponse decode(dev.heddle.api.v1.DirectResponse m) {
    return DirectResponse.of(m.getStatus(), m.getBody());
  }

  static Mirror decode(dev.heddle.api.v1.Mirror m) {
    return Mirror.of(decode(m.getDestination()), m.getPercent());
  }

  static HttpRoute decode(dev.heddle.api.v1.HttpRoute m) {
    return HttpRoute.builder()
        .name(m.getName())
        .matches(list(m.getMatchesList(), RouteDecoder::decode))
        .destinations(list(m.getDestinationsList(), RouteDecoder::decode))
        .redirect(m.hasRedirect() ? decode(m.getRedirect()) : null)
        .directResponse(m.hasDirectResponse() ? decode(m.getDirectResponse()) : null)
        .rewrite(m.hasRewrite() ? decode(m.getRewrite()) : null)
        .requestHeaders(decode(m.getRequestHeaders()))
        .responseHeaders(decode(m.getResponseHeaders()))
        .timeoutNanos(m.getTimeoutNanos())
        .retry(decode(m.getRetry()))
        .fault(m.hasFault() ? decode(m.getFault()) : null)
        .mirrors(list(m.getMirrorsList(), RouteDecoder::decode))
        .build();
  }

  static Fault decode(dev.heddle.api.v1.Fault m) {
    return Fault.of(
        m.getDelayNanos(),
        m.getDelayPercent(),
        m.getAbortStatus(),
        m.getAbortGrpcStatus(),
        m.getAbortPercent());
  }

  static RetryPolicy decode(dev.heddle.api.v1.RetryPolicy m) {
    return RetryPolicy.builder()
        .attempts(m.getAttempts())
        .perTryTimeoutNanos(m.getPerTryTimeoutNanos())
        .backoffNanos(m.getBackoffNanos())
        .retryOn(Enums.same(RetryPolicy.Condition.class, m.getRetryOnList()))
        .statusCodes(copy(m.getStatusCodesList()))
        .ignorePreviousHosts(m.getIgnorePreviousHosts())
        .retryRemoteLocalities(m.getRetryRemoteLocalities())
        .build();
  }
}
