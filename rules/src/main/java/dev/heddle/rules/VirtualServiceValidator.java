package dev.heddle.rules;

import dev.heddle.rules.virtualservice.FaultRule;
import dev.heddle.rules.virtualservice.HttpDestination;
import dev.heddle.rules.virtualservice.HttpRouteRule;
import dev.heddle.rules.virtualservice.RetryRule;
import dev.heddle.rules.virtualservice.Target;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import org.jspecify.annotations.Nullable;

/** What Istio's validation refuses of a VirtualService. */
final class VirtualServiceValidator {

  private VirtualServiceValidator() {}

  static void check(VirtualServiceSpec service, Spot spec) {
    if (service.hosts().isEmpty()) {
      spec.at("hosts").wrong("is empty (expected: at least one host)");
    }
    for (int i = 0; i < service.http().size(); i++) {
      http(service.http().get(i), spec.at("http", i));
    }
  }

  private static void http(HttpRouteRule rule, Spot http) {
    boolean answers = rule.redirect() != null || rule.directResponse() != null;
    if (answers && !rule.route().isEmpty()) {
      http.at("route").wrong("excludes redirect and directResponse");
    }
    if (!answers && rule.route().isEmpty() && rule.delegate() == null) {
      http.wrong("has no route, redirect or directResponse");
    }
    for (int i = 0; i < rule.match().size(); i++) {
      if (rule.match().get(i).port() != null) {
        http.at("match", i, "port").port(rule.match().get(i).port());
      }
    }
    if (rule.redirect() != null && rule.redirect().port() != null) {
      http.at("redirect", "port").port(rule.redirect().port());
    }
    for (int i = 0; i < rule.route().size(); i++) {
      destination(rule.route().get(i), http.at("route", i));
    }
    mirrors(rule, http);
    http.at("timeout").duration(rule.timeout(), true);
    retries(rule.retries(), http.at("retries"));
    faults(rule.fault(), http.at("fault"));
  }

  private static void destination(HttpDestination to, Spot route) {
    target(to.destination(), route.at("destination"));
    route.at("weight").atLeastZero(to.weight());
  }

  private static void target(@Nullable Target target, Spot spot) {
    spot.at("host").needs(target == null ? null : target.host(), "a host");
    if (target != null && target.port() != null) {
      spot.at("port", "number").port(target.port().number());
    }
  }

  private static void mirrors(HttpRouteRule rule, Spot http) {
    if (rule.mirror() != null) {
      target(rule.mirror(), http.at("mirror"));
    }
    http.at("mirrorPercentage").percent(rule.mirrorPercentage());
    http.at("mirrorPercent").between(rule.mirrorPercent(), 0, 100);
    for (int i = 0; i < rule.mirrors().size(); i++) {
      target(rule.mirrors().get(i).destination(), http.at("mirrors", i, "destination"));
      http.at("mirrors", i, "percentage").percent(rule.mirrors().get(i).percentage());
    }
  }

  private static void retries(@Nullable RetryRule retries, Spot spot) {
    if (retries != null) {
      spot.at("attempts").atLeastZero(retries.attempts());
      spot.at("perTryTimeout").duration(retries.perTryTimeout(), true);
      spot.at("backoff").duration(retries.backoff(), true);
    }
  }

  private static void faults(@Nullable FaultRule fault, Spot spot) {
    var delay = fault == null ? null : fault.delay();
    if (delay != null) {
      spot.at("delay", "percentage").percent(delay.percentage());
      spot.at("delay", "percent").between(delay.percent(), 0, 100);
      spot.at("delay", "fixedDelay").duration(delay.fixedDelay(), false);
    }
    var abort = fault == null ? null : fault.abort();
    if (abort != null) {
      spot.at("abort", "percentage").percent(abort.percentage());
      spot.at("abort", "httpStatus").between(abort.httpStatus(), 200, 599);
    }
  }
}
