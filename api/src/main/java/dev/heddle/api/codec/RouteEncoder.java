package dev.heddle.api.codec;

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

/** Turns the route values of policy into messages. */
public final class RouteEncoder {

  private RouteEncoder() {}

  static dev.heddle.api.v1.StringMatch encode(StringMatch v) {
    dev.heddle.api.v1.StringMatch.Builder m = dev.heddle.api.v1.StringMatch.newBuilder();
    m.setKind(dev.heddle.api.v1.StringMatch.Kind.valueOf(v.kind().name()));
    m.setValue(v.value());
    return m.build();
  }

  static dev.heddle.api.v1.NamedMatch encode(NamedMatch v) {
    dev.heddle.api.v1.NamedMatch.Builder m = dev.heddle.api.v1.NamedMatch.newBuilder();
    m.setName(v.name());
    m.setMatch(encode(v.match()));
    return m.build();
  }

  static dev.heddle.api.v1.RouteMatch encode(RouteMatch v) {
    dev.heddle.api.v1.RouteMatch.Builder m = dev.heddle.api.v1.RouteMatch.newBuilder();
    m.setName(v.name());
    if (v.uri() != null) {
      m.setUri(encode(v.uri()));
    }
    m.setIgnoreUriCase(v.ignoreUriCase());
    if (v.scheme() != null) {
      m.setScheme(encode(v.scheme()));
    }
    if (v.method() != null) {
      m.setMethod(encode(v.method()));
    }
    if (v.authority() != null) {
      m.setAuthority(encode(v.authority()));
    }
    for (NamedMatch x : v.headers()) {
      m.addHeaders(encode(x));
    }
    for (NamedMatch x : v.withoutHeaders()) {
      m.addWithoutHeaders(encode(x));
    }
    for (NamedMatch x : v.queryParams()) {
      m.addQueryParams(encode(x));
    }
    m.setPort(v.port());
    m.putAllSourceLabels(v.sourceLabels());
    m.setSourceNamespace(v.sourceNamespace());
    return m.build();
  }

  static dev.heddle.api.v1.HeaderChange encode(HeaderChange v) {
    dev.heddle.api.v1.HeaderChange.Builder m = dev.heddle.api.v1.HeaderChange.newBuilder();
    m.putAllSet(v.set());
    m.putAllAdd(v.add());
    m.addAllRemove(v.remove());
    return m.build();
  }

  static dev.heddle.api.v1.Destination encode(Destination v) {
    dev.heddle.api.v1.Destination.Builder m = dev.heddle.api.v1.Destination.newBuilder();
    m.setHost(v.host());
    m.setPort(v.port());
    m.setSubset(v.subset());
    return m.build();
  }

  static dev.heddle.api.v1.WeightedDestination encode(WeightedDestination v) {
    dev.heddle.api.v1.WeightedDestination.Builder m =
        dev.heddle.api.v1.WeightedDestination.newBuilder();
    m.setDestination(encode(v.destination()));
    m.setWeight(v.weight());
    m.setRequestHeaders(encode(v.requestHeaders()));
    m.setResponseHeaders(encode(v.responseHeaders()));
    return m.build();
  }

  static dev.heddle.api.v1.Rewrite encode(Rewrite v) {
    dev.heddle.api.v1.Rewrite.Builder m = dev.heddle.api.v1.Rewrite.newBuilder();
    if (v.uri() != null) {
      m.setUri(v.uri());
    }
    if (v.authority() != null) {
      m.setAuthority(v.authority());
    }
    if (v.regex() != null) {
      m.setRegex(v.regex());
    }
    if (v.regexRewrite() != null) {
      m.setRegexRewrite(v.regexRewrite());
    }
    return m.build();
  }

  static dev.heddle.api.v1.Redirect encode(Redirect v) {
    dev.heddle.api.v1.Redirect.Builder m = dev.heddle.api.v1.Redirect.newBuilder();
    if (v.uri() != null) {
      m.setUri(v.uri());
    }
    if (v.authority() != null) {
      m.setAuthority(v.authority());
    }
    m.setPortSource(dev.heddle.api.v1.Redirect.PortSource.valueOf(v.portSource().name()));
    m.setPort(v.port());
    if (v.scheme() != null) {
      m.setScheme(v.scheme());
    }
    m.setCode(v.code());
    return m.build();
  }

  static dev.heddle.api.v1.DirectResponse encode(DirectResponse v) {
    dev.heddle.api.v1.DirectResponse.Builder m = dev.heddle.api.v1.DirectResponse.newBuilder();
    m.setStatus(v.status());
    m.setBody(v.body());
    return m.build();
  }

  static dev.heddle.api.v1.Mirror encode(Mirror v) {
    dev.heddle.api.v1.Mirror.Builder m = dev.heddle.api.v1.Mirror.newBuilder();
    m.setDestination(encode(v.destination()));
    m.setPercent(v.percent());
    return m.build();
  }

  static dev.heddle.api.v1.HttpRoute encode(HttpRoute v) {
    dev.heddle.api.v1.HttpRoute.Builder m = dev.heddle.api.v1.HttpRoute.newBuilder();
    m.setName(v.name());
    for (RouteMatch x : v.matches()) {
      m.addMatches(encode(x));
    }
    for (WeightedDestination x : v.destinations()) {
      m.addDestinations(encode(x));
    }
    if (v.redirect() != null) {
      m.setRedirect(encode(v.redirect()));
    }
    if (v.directResponse() != null) {
      m.setDirectResponse(encode(v.directResponse()));
    }
    if (v.rewrite() != null) {
      m.setRewrite(encode(v.rewrite()));
    }
    m.setRequestHeaders(encode(v.requestHeaders()));
    m.setResponseHeaders(encode(v.responseHeaders()));
    m.setTimeoutNanos(v.timeoutNanos());
    m.setRetry(encode(v.retry()));
    if (v.fault() != null) {
      m.setFault(encode(v.fault()));
    }
    for (Mirror x : v.mirrors()) {
      m.addMirrors(encode(x));
    }
    return m.build();
  }

  static dev.heddle.api.v1.Fault encode(Fault v) {
    dev.heddle.api.v1.Fault.Builder m = dev.heddle.api.v1.Fault.newBuilder();
    m.setDelayNanos(v.delayNanos());
    m.setDelayPercent(v.delayPercent());
    m.setAbortStatus(v.abortStatus());
    m.setAbortGrpcStatus(v.abortGrpcStatus());
    m.setAbortPercent(v.abortPercent());
    return m.build();
  }

  static dev.heddle.api.v1.RetryPolicy encode(RetryPolicy v) {
    dev.heddle.api.v1.RetryPolicy.Builder m = dev.heddle.api.v1.RetryPolicy.newBuilder();
    m.setAttempts(v.attempts());
    m.setPerTryTimeoutNanos(v.perTryTimeoutNanos());
    m.setBackoffNanos(v.backoffNanos());
    for (RetryPolicy.Condition x : v.retryOn()) {
      m.addRetryOn(dev.heddle.api.v1.RetryPolicy.Condition.valueOf(x.name()));
    }
    m.addAllStatusCodes(v.statusCodes());
    m.setIgnorePreviousHosts(v.ignorePreviousHosts());
    m.setRetryRemoteLocalities(v.retryRemoteLocalities());
    return m.build();
  }
}
