package dev.heddle.rules;

import dev.heddle.rules.SpecWalk.Finding;
import dev.heddle.rules.serviceentry.Resolution;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import java.util.List;

/** What Istio's validation refuses beyond types: fields that must be there, ranges, exclusions. */
final class RuleValidator {

  private RuleValidator() {}

  static List<Finding> check(Rule rule) {
    Spot spec = Spot.spec();
    switch (rule) {
      case VirtualService v -> VirtualServiceValidator.check(v.spec(), spec);
      case DestinationRule d -> DestinationRuleValidator.check(d.spec(), spec);
      case ServiceEntry s -> serviceEntry(s.spec(), spec);
      case WorkloadEntry w -> workload(w.spec(), spec);
      case PeerAuthentication p -> PeerAuthenticationValidator.check(p.spec(), spec);
      case AuthorizationPolicy a -> AuthorizationPolicyValidator.check(a.spec(), spec);
      case RequestAuthentication r -> RequestAuthenticationValidator.check(r.spec(), spec);
      case Gateway g -> {} // not honoured; the API server refuses what is no Gateway
      case Sidecar s -> {}
      case Telemetry t -> {}
    }
    return spec.findings();
  }

  private static void serviceEntry(ServiceEntrySpec entry, Spot spec) {
    if (entry.hosts().isEmpty()) {
      spec.at("hosts").wrong("is empty (expected: at least one host)");
    }
    for (int i = 0; i < entry.ports().size(); i++) {
      spec.at("ports", i, "number").port(entry.ports().get(i).number());
      if (entry.ports().get(i).targetPort() != null) {
        spec.at("ports", i, "targetPort").port(entry.ports().get(i).targetPort());
      }
    }
    if (entry.workloadSelector() != null && !entry.endpoints().isEmpty()) {
      spec.at("endpoints").wrong("excludes workloadSelector, which is set too");
    }
    if (entry.resolution() == Resolution.STATIC
        && entry.endpoints().isEmpty()
        && entry.workloadSelector() == null) {
      spec.at("resolution").wrong("is STATIC without endpoints or workloadSelector");
    }
    for (int i = 0; i < entry.endpoints().size(); i++) {
      workload(entry.endpoints().get(i), spec.at("endpoints", i));
    }
  }

  private static void workload(WorkloadEntrySpec workload, Spot spot) {
    spot.at("address").needs(workload.address(), "an address");
    workload.ports().forEach((name, number) -> spot.at("ports", name).port(number));
  }
}
