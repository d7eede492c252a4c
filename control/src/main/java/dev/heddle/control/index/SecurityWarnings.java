package dev.heddle.control.index;

import dev.heddle.control.config.MeshOptions;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.rules.PeerAuthentication;
import dev.heddle.rules.RequestAuthentication;
import dev.heddle.rules.security.JwtRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What security policies ask for that is not what one may think, one sentence each. */
final class SecurityWarnings {

  /** What Go reads as false; with what it reads as true, all that the annotation may be. */
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  private SecurityWarnings() {}

  static List<String> of(PeerAuthentication policy) {
    return policy.metadata().namespace().equals(MeshOptions.DEFAULT.rootNamespace())
            && PeerAuthentications.hasSelector(policy)
        ? List.of(
            "spec.selector has no effect in the root namespace; as in Istio the policy is void")
        : List.of();
  }

  static List<String> of(RequestAuthentication policy) {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < policy.spec().jwtRules().size(); i++) {
      JwtRule rule = policy.spec().jwtRules().get(i);
      boolean inline = rule.jwks() != null && !rule.jwks().isEmpty();
      if (!inline && JwtCompiler.url(rule).isEmpty()) {
        warnings.add(
            "spec.jwtRules["
                + i
                + "] has neither jwks nor jwksUri, and its issuer is no URL that could be asked, so"
                + " that none of its tokens is believed");
      }
      boolean elsewhere = !rule.fromParams().isEmpty() || !rule.fromCookies().isEmpty();
      if (elsewhere && !Boolean.TRUE.equals(rule.forwardOriginalToken())) {
        warnings.add(
            "spec.jwtRules["
                + i
                + "].forwardOriginalToken is not true: tokens are taken out of headers; in"
                + " parameters and cookies the app sees them all the same");
      }
    }
    return List.copyOf(warnings);
  }

  static List<String> of(dev.heddle.rules.AuthorizationPolicy rule) {
    List<String> warnings = new ArrayList<>();
    String dryRun = rule.metadata().annotations().get(AccessCompiler.DRY_RUN);
    if (dryRun != null && !AccessCompiler.TRUE.contains(dryRun) && !FALSE.contains(dryRun)) {
      warnings.add(
          "metadata.annotations."
              + AccessCompiler.DRY_RUN
              + " is neither true nor false; the policy is in force");
    }
    AuthorizationPolicy policy = new AccessCompiler(MeshIndex.DEFAULT_TRUST_DOMAIN).policy(rule);
    for (int i = 0; i < policy.rules().size(); i++) {
      List<AttributeMatch> all = all(policy.rules().get(i));
      warnings.addAll(unsupported(i, all));
      boolean httpOnly =
          !all.isEmpty() && all.stream().allMatch(match -> match.attribute().isOfRequests());
      if (policy.action() == AuthorizationPolicy.Action.DENY && httpOnly) {
        warnings.add(
            "spec.rules["
                + i
                + "] is about HTTP only: where no HTTP is understood it denies everything; name the"
                + " ports that are meant");
      }
    }
    return List.copyOf(warnings);
  }

  private static List<String> unsupported(int rule, List<AttributeMatch> all) {
    return all.stream()
        .filter(match -> match.attribute() == Attribute.UNSUPPORTED)
        .map(
            match ->
                "spec.rules["
                    + rule
                    + "] has "
                    + match.key()
                    + ", which is never known here: a rule that allows never matches, one that"
                    + " denies does not look at it")
        .toList();
  }

  private static List<AttributeMatch> all(AuthorizationRule rule) {
    List<AttributeMatch> all = new ArrayList<>(rule.when());
    rule.from().forEach(all::addAll);
    rule.to().forEach(all::addAll);
    return all;
  }
}
