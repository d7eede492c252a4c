package dev.heddle.rules;

import dev.heddle.rules.security.PeerAuthenticationSpec;

/** What Istio's validation refuses of a PeerAuthentication. */
final class PeerAuthenticationValidator {

  private PeerAuthenticationValidator() {}

  static void check(PeerAuthenticationSpec policy, Spot spec) {
    SelectorValidator.check(policy.selector(), spec.at("selector"));
    boolean everyWorkload = policy.selector() == null || policy.selector().matchLabels().isEmpty();
    if (everyWorkload && !policy.portLevelMtls().isEmpty()) {
      spec.at("portLevelMtls")
          .wrong("needs a selector with labels: only workloads have ports, a namespace has none");
    }
    policy.portLevelMtls().keySet().forEach(port -> SecurityText.port(port, 1, at(spec, port)));
  }

  private static Spot at(Spot spec, String port) {
    return spec.at("portLevelMtls", port);
  }
}
