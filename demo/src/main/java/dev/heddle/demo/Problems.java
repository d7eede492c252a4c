package dev.heddle.demo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What control says is wrong with the rules, from its log: a line when it begins, one when it ends.
 */
final class Problems {

  private static final Pattern LINE =
      Pattern.compile(".* heddle\\.control - (no longer: )?((?:error|warning): .*)");
  private static final String HOLDS = "; its previous version, if there was one, stays in force";

  private final Set<String> current = new LinkedHashSet<>();

  /** A line of control's log. */
  synchronized void line(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    String problem = matcher.group(2).replace(HOLDS, "");
    if (matcher.group(1) == null) {
      current.add(problem);
    } else {
      current.remove(problem);
    }
  }

  synchronized List<String> now() {
    return List.copyOf(current);
  }
}
