package dev.heddle.init.ruleset.violation;

import dev.heddle.rules.violation.RuleThatDecides;
import java.io.InputStream;
import java.lang.foreign.Linker;

/** Redirect rules that know the mesh's rules and read for themselves. */
public interface RulesetThatReads {

  /** Names a type of another module. */
  void follow(RuleThatDecides rules);

  /** Names a type of calls into native code. */
  void call(Linker linker);

  /** Names a type of I/O. */
  void read(InputStream in);
}
