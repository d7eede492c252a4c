package dev.heddle.policy.route;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StringMatch} made ready: regular expressions compiled once, comparisons without
 * allocation.
 */
abstract class StringMatcher {

  /** Whether the part of the text from 0 to end matches. */
  abstract boolean matches(String text, int end);

  final boolean matches(@Nullable String text) {
    return text != null && matches(text, text.length());
  }

  /** IllegalArgumentException if a regular expression is not RE2's. */
  static StringMatcher of(StringMatch match, boolean ignoreCase) {
    switch (match.kind()) {
      case EXACT:
        return new Exact(match.value(), ignoreCase);
      case PREFIX:
        return new Prefix(match.value(), ignoreCase);
      case REGEX:
        return new Regex(Regexes.compile(match.value()));
      case PRESENT:
        return new Present();
    }
    throw new IllegalArgumentException("string match kind: " + match.kind() + " is not known");
  }

  private static final class Exact extends StringMatcher {
    private final String value;
    private final boolean ignoreCase;

    Exact(String value, boolean ignoreCase) {
      this.value = value;
      this.ignoreCase = ignoreCase;
    }

    @Override
    boolean matches(String text, int end) {
      return end == value.length() && text.regionMatches(ignoreCase, 0, value, 0, end);
    }
  }

  private static final class Prefix extends StringMatcher {
    private final String value;
    private final boolean ignoreCase;

    Prefix(String value, boolean ignoreCase) {
      this.value = value;
      this.ignoreCase = ignoreCase;
    }

    @Override
    boolean matches(String text, int end) {
      int length = value.length();
      return end >= length && text.regionMatches(ignoreCase, 0, value, 0, length);
    }
  }

  private static final class Regex extends StringMatcher {
    private final Pattern pattern;

    Regex(Pattern pattern) {
      this.pattern = pattern;
    }

    @Override
    boolean matches(String text, int end) {
      return pattern.matches(end == text.length() ? text : text.substring(0, end));
    }
  }

  private static final class Present extends StringMatcher {
    @Override
    boolean matches(String text, int end) {
      return true;
    }
  }
}
