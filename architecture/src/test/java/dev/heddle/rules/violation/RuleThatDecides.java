package dev.heddle.rules.violation;

import dev.heddle.policy.snapshot.Mesh;

/** Knows what its rules become. */
public interface RuleThatDecides {

  /** Names a type of policy. */
  void become(Mesh mesh);
}
