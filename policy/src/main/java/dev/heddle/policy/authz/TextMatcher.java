package dev.heddle.policy.authz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio's way to write texts: {@code abc}, {@code abc*}, {@code *abc}, and {@code *}. */
abstract class TextMatcher {

  abstract boolean matches(String text);

  /** The only text that matches; null where there are others. */
  @Nullable String exact() {
    return null;
  }

  /** How every text that matches begins, and none that does not; null where that is not all. */
  @Nullable String prefix() {
    return null;
  }

  /** Whether there is a text and it is like one of the values. */
  static boolean any(TextMatcher[] matchers, @Nullable String text) {
    if (text != null) {
      for (TextMatcher matcher : matchers) {
        if (matcher.matches(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Matchers of values.
   *
   * @param emptyIsPresent whether {@code *} takes an empty text, as that of a header is
   */
  static TextMatcher[] of(List<String> values, boolean ignoreCase, boolean emptyIsPresent) {
    return values.stream()
        .map(value -> of(value, ignoreCase, emptyIsPresent))
        .toArray(TextMatcher[]::new);
  }

  static TextMatcher of(String value, boolean ignoreCase, boolean emptyIsPresent) {
    if (value.equals("*")) {
      return new Present(emptyIsPresent);
    }
    if (value.startsWith("*")) {
      return new Suffix(value.substring(1), ignoreCase);
    }
    return value.endsWith("*")
        ? new Prefix(value.substring(0, value.length() - 1), ignoreCase)
        : new Exact(value, ignoreCase);
  }

  private static final class Present extends TextMatcher {
    private final boolean emptyIsPresent;

    Present(boolean emptyIsPresent) {
      this.emptyIsPresent = emptyIsPresent;
    }

    @Override
    boolean matches(String text) {
      return emptyIsPresent || !text.isEmpty();
    }
  }

  private static final class Exact extends TextMatcher {
    private final String value;
    private final boolean ignoreCase;

    Exact(String value, boolean ignoreCase) {
      this.value = value;
      this.ignoreCase = ignoreCase;
    }

    @Override
    @Nullable String exact() {
      return ignoreCase ? null : value;
    }

    @Override
    boolean matches(String text) {
      return ignoreCase ? value.equalsIgnoreCase(text) : value.equals(text);
    }
  }

  private static final class Prefix extends TextMatcher {
    private final String value;
    private final boolean ignoreCase;

    Prefix(String value, boolean ignoreCase) {
      this.value = value;
      this.ignoreCase = ignoreCase;
    }

    @Override
    @Nullable String prefix() {
      return ignoreCase ? null : value;
    }

    @Override
    boolean matches(String text) {
      return ignoreCase
          ? text.regionMatches(true, 0, value, 0, value.length())
          : text.startsWith(value);
    }
  }

  private static final class Suffix extends TextMatcher {
    private final String value;
    private final boolean ignoreCase;

    Suffix(String value, boolean ignoreCase) {
      this.value = value;
      this.ignoreCase = ignoreCase;
    }

    @Override
    boolean matches(String text) {
      int at = text.length() - value.length();
      return text.regionMatches(ignoreCase, at, value, 0, value.length());
    }
  }
}
