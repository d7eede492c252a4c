package dev.heddle.control.watch;

import dev.heddle.rules.RuleProblem;

/**
 * A problem and where it stands; an error refuses the object, a warning does not.
 *
 * @param file in a directory the file, in a cluster the object, like {@code Service shop/reviews}
 */
public record ConfigProblem(String file, boolean error, RuleProblem problem) {

  @Override
  public String toString() {
    String what = problem.toString();
    String where = what.startsWith(file + ": ") ? "" : file + ": ";
    return (error ? "error: " : "warning: ") + where + what;
  }
}
