package dev.heddle.policy.authz;

/** A namespace, in which Istio takes asterisks anywhere. */
final class NamespaceMatcher extends TextMatcher {

  private final String[] parts;

  NamespaceMatcher(String value) {
    parts = value.split("\\*", -1);
  }

  @Override
  boolean matches(String text) {
    String first = parts[0];
    if (parts.length == 1) {
      return first.equals(text);
    }
    String last = parts[parts.length - 1];
    int end = text.length() - last.length();
    if (!text.startsWith(first) || end < first.length() || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (int i = 1; i < parts.length - 1; i++) {
      at = text.indexOf(parts[i], at);
      if (at < 0 || at + parts[i].length() > end) {
        return false;
      }
      at += parts[i].length();
    }
    return true;
  }
}
