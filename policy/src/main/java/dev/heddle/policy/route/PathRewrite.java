package dev.heddle.policy.route;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link Rewrite} of the path made ready. The query is never touched. */
public final class PathRewrite {

  private final @Nullable String uri;
  private final @Nullable Pattern regex;
  private final String replacement;

  /** IllegalArgumentException if the expression is not RE2's. */
  public PathRewrite(Rewrite rewrite) {
    uri = rewrite.uri();
    regex = rewrite.regex() == null ? null : Regexes.compile(rewrite.regex());
    String text = rewrite.regexRewrite() == null ? "" : rewrite.regexRewrite();
    replacement = toJavaGroups(text);
  }

  /** The path to send; where a prefix matched only that prefix is replaced, else the whole path. */
  public String apply(String path, @Nullable RouteMatch matched) {
    int end = QueryParameters.pathEnd(path);
    if (regex != null) {
      return regex.matcher(path.substring(0, end)).replaceAll(replacement) + path.substring(end);
    }
    if (uri == null) {
      return path;
    }
    StringMatch match = matched == null ? null : matched.uri();
    boolean prefix = match == null || match.kind() == StringMatch.Kind.PREFIX;
    int kept = !prefix ? end : match == null ? Math.min(1, end) : match.value().length();
    return uri + path.substring(kept);
  }

  /** RE2 writes groups as \1, re2j as $1. */
  private static String toJavaGroups(String replacement) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      boolean group =
          c == '\\' && i + 1 < replacement.length() && Character.isDigit(replacement.charAt(i + 1));
      if (group) {
        java.append('$');
      } else if (c == '$') {
        java.append("\\$");
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }
}
