package dev.heddle.rules;

import dev.heddle.rules.SpecWalk.Finding;
import dev.heddle.rules.destinationrule.ConsistentHashRule;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.destinationrule.OutlierRule;
import dev.heddle.rules.destinationrule.TlsMode;
import dev.heddle.rules.destinationrule.TlsRule;
import dev.heddle.rules.destinationrule.TrafficPolicy;
import dev.heddle.rules.serviceentry.Resolution;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.virtualservice.FaultRule;
import dev.heddle.rules.virtualservice.HttpDestination;
import dev.heddle.rules.virtualservice.HttpRouteRule;
import dev.heddle.rules.virtualservice.Percent;
import dev.heddle.rules.virtualservice.Target;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Istio's validation refuses beyond types: fields that must be there, ranges, exclusions. */
final class RuleValidator {

  private static final int MAX_PORT = 65_535;
  private static final long MIN_DURATION_NANOS = 1_000_000;

  private final List<Finding> findings = new ArrayList<>();

  static List<Finding> check(Rule rule) {
    RuleValidator validator = new RuleValidator();
    switch (rule) {
      case VirtualService v -> validator.virtualService(v.spec());
      case DestinationRule d -> validator.destinationRule(d.spec());
      case ServiceEntry s -> validator.serviceEntry(s.spec());
      case WorkloadEntry w -> {
        if (w.spec().address() == null) {
          validator.add("is absent (expected: an address)", "spec", "address");
        }
      }
    }
    return validator.findings;
  }

  private void virtualService(VirtualServiceSpec spec) {
    if (spec.hosts().isEmpty()) {
      add("is empty (expected: at least one host)", "spec", "hosts");
    }
    for (int i = 0; i < spec.http().size(); i++) {
      http(spec.http().get(i), i);
    }
  }

  private void http(HttpRouteRule rule, int i) {
    boolean answers = rule.redirect() != null || rule.directResponse() != null;
    if (answers && !rule.route().isEmpty()) {
      add("excludes redirect and directResponse", "spec", "http", i, "route");
    }
    if (!answers && rule.route().isEmpty() && rule.delegate() == null) {
      add("has no route, redirect or directResponse", "spec", "http", i);
    }
    for (int j = 0; j < rule.route().size(); j++) {
      destination(rule.route().get(j), i, j);
    }
    mirrors(rule, i);
    if (rule.timeout() != null
        && rule.timeout().nanos() < MIN_DURATION_NANOS
        && rule.timeout().nanos() != 0) {
      add(
          "is " + rule.timeout().value() + " (expected: at least 1ms)",
          "spec",
          "http",
          i,
          "timeout");
    }
    if (rule.retries() != null
        && rule.retries().attempts() != null
        && rule.retries().attempts() < 0) {
      add(
          "is " + rule.retries().attempts() + " (expected: >= 0)",
          "spec",
          "http",
          i,
          "retries",
          "attempts");
    }
    if (rule.fault() != null) {
      faults(rule.fault(), i);
    }
  }

  private void faults(FaultRule fault, int i) {
    var delay = fault.delay();
    if (delay != null) {
      percent(delay.percentage(), "spec", "http", i, "fault", "delay", "percentage");
    }
    var abort = fault.abort();
    if (abort != null) {
      percent(abort.percentage(), "spec", "http", i, "fault", "abort", "percentage");
      Integer status = abort.httpStatus();
      if (status != null && (status < 200 || status > 599)) {
        add(
            "is " + status + " (expected: 200 to 599)",
            "spec",
            "http",
            i,
            "fault",
            "abort",
            "httpStatus");
      }
    }
  }

  private void mirrors(HttpRouteRule rule, int i) {
    if (rule.mirror() != null && rule.mirror().host() == null) {
      add("is absent (expected: a host)", "spec", "http", i, "mirror", "host");
    }
    for (int j = 0; j < rule.mirrors().size(); j++) {
      Target mirror = rule.mirrors().get(j).destination();
      if (mirror == null || mirror.host() == null) {
        add("has no destination.host", "spec", "http", i, "mirrors", j);
      }
    }
  }

  private void destination(HttpDestination destination, int i, int j) {
    if (destination.destination() == null || destination.destination().host() == null) {
      add("has no destination.host", "spec", "http", i, "route", j);
      return;
    }
    if (destination.weight() != null && destination.weight() < 0) {
      add(
          "is " + destination.weight() + " (expected: >= 0)",
          "spec",
          "http",
          i,
          "route",
          j,
          "weight");
    }
    var port = destination.destination().port();
    if (port != null) {
      port(port.number(), "spec", "http", i, "route", j, "destination", "port", "number");
    }
  }

  private void destinationRule(DestinationRuleSpec spec) {
    if (spec.host() == null || spec.host().isEmpty()) {
      add("is absent (expected: the host it is about)", "spec", "host");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.subsets().size(); i++) {
      String name = spec.subsets().get(i).name();
      if (name == null || name.isEmpty()) {
        add("is absent (expected: the subset's name)", "spec", "subsets", i, "name");
      } else if (!names.add(name)) {
        add("is " + name + ", as another subset's", "spec", "subsets", i, "name");
      }
      trafficPolicy(spec.subsets().get(i).trafficPolicy(), "spec", "subsets", i, "trafficPolicy");
    }
    trafficPolicy(spec.trafficPolicy(), "spec", "trafficPolicy");
  }

  private void trafficPolicy(@Nullable TrafficPolicy policy, Object... path) {
    if (policy == null) {
      return;
    }
    OutlierRule outlier = policy.outlierDetection();
    if (outlier != null) {
      share(outlier.maxEjectionPercent(), with(path, "outlierDetection", "maxEjectionPercent"));
      share(outlier.minHealthPercent(), with(path, "outlierDetection", "minHealthPercent"));
    }
    if (policy.tls() != null) {
      tls(policy.tls(), path);
    }
    ConsistentHashRule hash =
        policy.loadBalancer() == null ? null : policy.loadBalancer().consistentHash();
    if (hash != null
        && hash.httpHeaderName() == null
        && hash.httpCookie() == null
        && hash.useSourceIp() == null
        && hash.httpQueryParameterName() == null) {
      add(
          "has no key (expected: httpHeaderName, httpCookie, useSourceIp or httpQueryParameterName)",
          with(path, "loadBalancer", "consistentHash"));
    }
  }

  /** As Istio's validateTLS: files belong to the modes that use them. */
  private void tls(TlsRule tls, Object... path) {
    boolean files =
        tls.clientCertificate() != null || tls.privateKey() != null || tls.caCertificates() != null;
    if (tls.mode() == TlsMode.MUTUAL && tls.credentialName() == null) {
      if (tls.clientCertificate() == null) {
        add("is absent (MUTUAL needs it)", with(path, "tls", "clientCertificate"));
      }
      if (tls.privateKey() == null) {
        add("is absent (MUTUAL needs it)", with(path, "tls", "privateKey"));
      }
    }
    if (tls.mode() == TlsMode.ISTIO_MUTUAL && files) {
      add("is ISTIO_MUTUAL, whose certificates are the mesh's own", with(path, "tls", "mode"));
    }
    if (files && tls.credentialName() != null) {
      add(
          "excludes files of certificates, which are named too",
          with(path, "tls", "credentialName"));
    }
  }

  private void serviceEntry(ServiceEntrySpec spec) {
    if (spec.hosts().isEmpty()) {
      add("is empty (expected: at least one host)", "spec", "hosts");
    }
    for (int i = 0; i < spec.ports().size(); i++) {
      port(spec.ports().get(i).number(), "spec", "ports", i, "number");
    }
    if (spec.workloadSelector() != null && !spec.endpoints().isEmpty()) {
      add("excludes workloadSelector, which is set too", "spec", "endpoints");
    }
    if (spec.resolution() == Resolution.STATIC
        && spec.endpoints().isEmpty()
        && spec.workloadSelector() == null) {
      add("is STATIC without endpoints or workloadSelector", "spec", "resolution");
    }
    for (int i = 0; i < spec.endpoints().size(); i++) {
      if (spec.endpoints().get(i).address() == null) {
        add("is absent (expected: an address)", "spec", "endpoints", i, "address");
      }
    }
  }

  private void port(@Nullable Long number, Object... path) {
    if (number == null || number < 1 || number > MAX_PORT) {
      add("is " + number + " (expected: 1 to " + MAX_PORT + ")", path);
    }
  }

  private void percent(@Nullable Percent percent, Object... path) {
    Double value = percent == null ? null : percent.value();
    if (value != null && !(value >= 0 && value <= 100)) {
      add("is " + value + " (expected: 0 to 100)", path);
    }
  }

  private void share(@Nullable Integer percent, Object... path) {
    if (percent != null && (percent < 0 || percent > 100)) {
      add("is " + percent + " (expected: 0 to 100)", path);
    }
  }

  private void add(String message, Object... path) {
    findings.add(new Finding(List.of(path), message));
  }

  private static Object[] with(Object[] path, Object... more) {
    List<Object> longer = new ArrayList<>(List.of(path));
    longer.addAll(List.of(more));
    return longer.toArray();
  }
}
