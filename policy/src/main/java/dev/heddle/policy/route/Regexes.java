package dev.heddle.policy.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** The one door to RE2: configured expressions run in linear time or are refused. */
public final class Regexes {

  /** Longest expression accepted, in characters: Istio's own limit. */
  public static final int MAX_EXPRESSION_CHARS = 1024;

  private Regexes() {}

  /** IllegalArgumentException with the expression, the reason and what to do. */
  public static Pattern compile(String expression) {
    if (expression.length() > MAX_EXPRESSION_CHARS) {
      throw new IllegalArgumentException(
          "regex of "
              + expression.length()
              + " characters (expected: at most "
              + MAX_EXPRESSION_CHARS
              + "); split it into several matches");
    }
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "regex \""
              + expression
              + "\": "
              + e.getDescription()
              + " (expected: RE2 syntax, without look-around and back-references)",
          e);
    }
  }
}
