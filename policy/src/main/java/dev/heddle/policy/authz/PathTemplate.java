package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.List;

/**
 * Istio's path templates: {@code {*}} stands for one segment that is not empty, {@code {**}} for
 * any number of characters; behind it only text may follow.
 */
final class PathTemplate extends TextMatcher {

  private static final String ONE = "{*}";
  private static final String MANY = "{**}";

  /** Texts that stand around single segments. */
  private final String[] texts;

  /** Whether any characters may stand in front of {@link #tail}. */
  private final boolean open;

  private final String tail;

  private PathTemplate(String[] texts, boolean open, String tail) {
    this.texts = texts;
    this.open = open;
    this.tail = tail;
  }

  static boolean isTemplate(String path) {
    return path.contains(ONE) || path.contains(MANY);
  }

  /** IllegalArgumentException where an operator follows {@code {**}}. */
  static PathTemplate parse(String template) {
    int many = template.indexOf(MANY);
    String head = many < 0 ? template : template.substring(0, many);
    String tail = many < 0 ? "" : template.substring(many + MANY.length());
    if (tail.indexOf('{') >= 0) {
      throw new IllegalArgumentException(
          "path \"" + template + "\" has an operator behind {**} (expected: text only)");
    }
    List<String> texts = new ArrayList<>();
    int at = 0;
    for (int one = head.indexOf(ONE); one >= 0; one = head.indexOf(ONE, at)) {
      texts.add(head.substring(at, one));
      at = one + ONE.length();
    }
    texts.add(head.substring(at));
    return new PathTemplate(texts.toArray(new String[0]), many >= 0, tail);
  }

  @Override
  boolean matches(String path) {
    int at = 0;
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        int slash = path.indexOf('/', at);
        int end = slash < 0 ? path.length() : slash;
        if (end == at) {
          return false;
        }
        at = end;
      }
      if (!path.startsWith(texts[i], at)) {
        return false;
      }
      at += texts[i].length();
    }
    return open ? path.length() - at >= tail.length() && path.endsWith(tail) : at == path.length();
  }
}
