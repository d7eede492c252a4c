package dev.heddle.control.watch;

import dev.heddle.rules.RuleProblem;

/** A problem and the file it stands in; an error refuses the object, a warning does not. */
public record ConfigProblem(String file, boolean error, RuleProblem problem) {

  @Override
  public String toString() {
    return (error ? "error: " : "warning: ") + file + ": " + problem;
  }
}
