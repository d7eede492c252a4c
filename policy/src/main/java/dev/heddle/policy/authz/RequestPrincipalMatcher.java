package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/**
 * A request principal, {@code issuer/subject}. As in Istio an asterisk at one end is about the part
 * that stands there, and both parts must be there.
 */
final class RequestPrincipalMatcher {

  private final TextMatcher issuer;
  private final TextMatcher subject;

  private RequestPrincipalMatcher(TextMatcher issuer, TextMatcher subject) {
    this.issuer = issuer;
    this.subject = subject;
  }

  static RequestPrincipalMatcher of(String value) {
    int slash = value.lastIndexOf('/'); // an issuer may be a URL
    if (slash >= 0) {
      String issuer = value.substring(0, slash);
      String subject = value.substring(slash + 1);
      // One end may have an asterisk; of two Istio takes that of the issuer.
      return issuer.startsWith("*")
          ? new RequestPrincipalMatcher(text(issuer), exact(subject))
          : new RequestPrincipalMatcher(exact(issuer), text(subject));
    }
    if (value.startsWith("*")) {
      return new RequestPrincipalMatcher(text("*"), text(value));
    }
    return value.endsWith("*")
        ? new RequestPrincipalMatcher(text(value), text("*"))
        : new RequestPrincipalMatcher(exact(value), exact(""));
  }

  private static TextMatcher text(String value) {
    return TextMatcher.of(value, false, false);
  }

  private static TextMatcher exact(String value) {
    return new TextMatcher() {
      @Override
      boolean matches(String text) {
        return value.equals(text);
      }
    };
  }

  boolean matches(@Nullable TokenClaims token) {
    if (token == null) {
      return false;
    }
    String iss = token.text("iss");
    String sub = token.text("sub");
    return iss != null && sub != null && issuer.matches(iss) && subject.matches(sub);
  }
}
