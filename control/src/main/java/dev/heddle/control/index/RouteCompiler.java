package dev.heddle.control.index;

import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.virtualservice.AbortFault;
import dev.heddle.rules.virtualservice.DelayFault;
import dev.heddle.rules.virtualservice.DirectResponseRule;
import dev.heddle.rules.virtualservice.FaultRule;
import dev.heddle.rules.virtualservice.HeaderOperations;
import dev.heddle.rules.virtualservice.HeadersRule;
import dev.heddle.rules.virtualservice.HttpDestination;
import dev.heddle.rules.virtualservice.HttpMatch;
import dev.heddle.rules.virtualservice.HttpRouteRule;
import dev.heddle.rules.virtualservice.MirrorRule;
import dev.heddle.rules.virtualservice.Percent;
import dev.heddle.rules.virtualservice.RedirectPort;
import dev.heddle.rules.virtualservice.RedirectRule;
import dev.heddle.rules.virtualservice.RewriteRule;
import dev.heddle.rules.virtualservice.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one VirtualService, for calls to one port. */
final class RouteCompiler {

  private static final double ALL = 100;

  private final ServiceCatalog services;
  private final String namespace;
  private final String client;
  private final int calledPort;

  /**
   * @param namespace of the VirtualService, where its short names live
   * @param client namespace of the caller
   * @param calledPort the port a destination without one is called on
   */
  RouteCompiler(ServiceCatalog services, String namespace, String client, int calledPort) {
    this.services = services;
    this.namespace = namespace;
    this.client = client;
    this.calledPort = calledPort;
  }

  List<HttpRoute> routes(VirtualService rule) {
    List<HttpRoute> routes = new ArrayList<>();
    for (HttpRouteRule http : rule.spec().http()) {
      boolean never = !http.match().isEmpty() && meshMatches(http).isEmpty();
      if (!never) {
        routes.add(route(http));
      }
    }
    return List.copyOf(routes);
  }

  private static List<RouteMatch> meshMatches(HttpRouteRule http) {
    return http.match().stream()
        .filter((HttpMatch match) -> RuleLookup.appliesToMesh(match.gateways()))
        .map(Matches::of)
        .toList();
  }

  private HttpRoute route(HttpRouteRule http) {
    return HttpRoute.builder()
        .name(http.name() == null ? "" : http.name())
        .matches(meshMatches(http))
        .destinations(http.route().stream().map(to -> weighted(to, http.route().size())).toList())
        .redirect(redirect(http.redirect()))
        .directResponse(directResponse(http.directResponse()))
        .rewrite(rewrite(http.rewrite()))
        .requestHeaders(request(http.headers()))
        .responseHeaders(response(http.headers()))
        .timeoutNanos(http.timeout() == null ? 0 : http.timeout().nanos())
        .retry(Retries.of(http.retries()))
        .fault(fault(http.fault()))
        .mirrors(mirrors(http))
        .build();
  }

  private WeightedDestination weighted(HttpDestination to, int siblings) {
    int alone = siblings == 1 ? 100 : 0;
    return WeightedDestination.of(
        destination(to.destination()),
        to.weight() == null ? alone : to.weight(),
        request(to.headers()),
        response(to.headers()));
  }

  /** What a destination stands for. */
  Destination destination(@Nullable Target target) {
    if (target == null || target.host() == null) {
      throw new IllegalArgumentException("a destination has no host (expected: host)");
    }
    String host = services.behind(HostNames.inRule(target.host(), namespace), client);
    String subset = target.subset() == null ? "" : target.subset();
    return Destination.of(host, port(target, host), subset);
  }

  /** Istio: the port named, else the only one of the service, else the one called. */
  private int port(Target target, String host) {
    if (target.port() != null && target.port().number() != null) {
      return Math.toIntExact(target.port().number());
    }
    CatalogService service = services.find(host, client);
    return service != null && service.ports().size() == 1 ? service.ports().firstKey() : calledPort;
  }

  private static @Nullable Redirect redirect(@Nullable RedirectRule rule) {
    if (rule == null) {
      return null;
    }
    Redirect.Builder redirect =
        Redirect.builder()
            .uri(rule.uri())
            .authority(rule.authority())
            .scheme(rule.scheme())
            .code(rule.redirectCode() == null ? 301 : Math.toIntExact(rule.redirectCode()));
    if (rule.port() != null) {
      redirect.portSource(Redirect.PortSource.FIXED).port(Math.toIntExact(rule.port()));
    } else if (rule.derivePort() == RedirectPort.FROM_PROTOCOL_DEFAULT) {
      redirect.portSource(Redirect.PortSource.PROTOCOL_DEFAULT);
    } else if (rule.derivePort() == RedirectPort.FROM_REQUEST_PORT) {
      redirect.portSource(Redirect.PortSource.FROM_REQUEST);
    }
    return redirect.build();
  }

  private static @Nullable DirectResponse directResponse(@Nullable DirectResponseRule rule) {
    if (rule == null) {
      return null;
    }
    String body = rule.body() == null || rule.body().string() == null ? "" : rule.body().string();
    return DirectResponse.of(rule.status() == null ? 200 : rule.status(), body);
  }

  private static @Nullable Rewrite rewrite(@Nullable RewriteRule rule) {
    if (rule == null) {
      return null;
    }
    var regex = rule.uriRegexRewrite();
    if (regex != null && (regex.match() == null || regex.rewrite() == null)) {
      throw new IllegalArgumentException("uriRegexRewrite lacks match or rewrite (expected: both)");
    }
    return Rewrite.of(
        rule.uri(),
        rule.authority(),
        regex == null ? null : regex.match(),
        regex == null ? null : regex.rewrite());
  }

  private static @Nullable Fault fault(@Nullable FaultRule rule) {
    if (rule == null) {
      return null;
    }
    DelayFault delay = rule.delay();
    AbortFault abort = rule.abort();
    return Fault.of(
        delay == null || delay.fixedDelay() == null ? 0 : delay.fixedDelay().nanos(),
        delay == null || delay.fixedDelay() == null
            ? 0
            : percent(delay.percentage(), delay.percent()),
        abort == null || abort.httpStatus() == null ? 0 : abort.httpStatus(),
        abort == null || abort.grpcStatus() == null ? -1 : GrpcCodes.number(abort.grpcStatus()),
        abort == null ? 0 : percent(abort.percentage(), null));
  }

  /** Istio: absent means every call. */
  private static double percent(@Nullable Percent percentage, @Nullable Integer percent) {
    if (percentage != null) {
      return percentage.value() == null ? 0 : percentage.value();
    }
    return percent == null ? ALL : percent;
  }

  private List<Mirror> mirrors(HttpRouteRule http) {
    List<Mirror> mirrors = new ArrayList<>();
    for (MirrorRule mirror : http.mirrors()) {
      mirrors.add(Mirror.of(destination(mirror.destination()), percent(mirror.percentage(), null)));
    }
    if (mirrors.isEmpty() && http.mirror() != null) {
      Integer plain = http.mirrorPercent() == null ? null : Math.toIntExact(http.mirrorPercent());
      mirrors.add(Mirror.of(destination(http.mirror()), percent(http.mirrorPercentage(), plain)));
    }
    return List.copyOf(mirrors);
  }

  private static HeaderChange request(@Nullable HeadersRule rule) {
    return rule == null ? HeaderChange.NONE : change(rule.request());
  }

  private static HeaderChange response(@Nullable HeadersRule rule) {
    return rule == null ? HeaderChange.NONE : change(rule.response());
  }

  private static HeaderChange change(@Nullable HeaderOperations operations) {
    if (operations == null) {
      return HeaderChange.NONE;
    }
    return HeaderChange.of(
        lowerCase(operations.set()),
        lowerCase(operations.add()),
        operations.remove().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          if (lower.put(name.toLowerCase(Locale.ROOT), value) != null) {
            throw new IllegalArgumentException(
                "headers: " + name + " is there twice (names do not differ by case)");
          }
        });
    return Collections.unmodifiableMap(lower);
  }
}
