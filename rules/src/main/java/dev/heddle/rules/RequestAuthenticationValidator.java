package dev.heddle.rules;

import dev.heddle.rules.security.JwtRule;
import dev.heddle.rules.security.RequestAuthenticationSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What Istio's validation refuses of a RequestAuthentication; its keys are tried by control. */
final class RequestAuthenticationValidator {

  private static final Pattern HEADER = Pattern.compile("[-_A-Za-z0-9]+");

  private RequestAuthenticationValidator() {}

  static void check(RequestAuthenticationSpec policy, Spot spec) {
    SelectorValidator.check(policy.selector(), spec.at("selector"));
    SelectorValidator.checkOneTarget(
        policy.selector(), policy.targetRef() != null, policy.targetRefs() != null, spec);
    for (int i = 0; i < policy.jwtRules().size(); i++) {
      rule(policy.jwtRules().get(i), spec.at("jwtRules", i));
    }
  }

  private static void rule(JwtRule rule, Spot spot) {
    String jwksUri = rule.jwksUri();
    if (jwksUri == null || jwksUri.isEmpty()) {
      spot.at("issuer").needs(rule.issuer(), "the issuer of the tokens, or jwksUri");
    } else {
      uri(jwksUri, spot.at("jwksUri"));
    }
    SecurityText.notEmpty(rule.audiences(), spot.at("audiences"));
    SecurityText.notEmpty(rule.fromParams(), spot.at("fromParams"));
    SecurityText.notEmpty(rule.fromCookies(), spot.at("fromCookies"));
    for (int i = 0; i < rule.fromHeaders().size(); i++) {
      spot.at("fromHeaders", i, "name").needs(rule.fromHeaders().get(i).name(), "a header");
    }
    for (int i = 0; i < rule.outputClaimToHeaders().size(); i++) {
      JwtRule.ClaimToHeader output = rule.outputClaimToHeaders().get(i);
      Spot at = spot.at("outputClaimToHeaders", i);
      at.at("claim").needs(output.claim(), "a claim");
      if (output.header() == null || !HEADER.matcher(output.header()).matches()) {
        at.at("header").wrong("is no header's name (expected: letters, digits, - and _)");
      }
    }
    spot.at("timeout").duration(rule.timeout(), false);
  }

  private static void uri(String text, Spot spot) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return;
      }
    } catch (URISyntaxException e) {
      // told below, with what was expected
    }
    spot.wrong(
        "is \""
            + Excerpt.of(text, Excerpt.VALUE_CHARS)
            + "\" (expected: a URL of scheme http or https)");
  }
}
