package dev.heddle.agent.bootstrap.violation;

import dev.heddle.policy.snapshot.Mesh;

/** Takes policy along into the app's class path. */
public interface HeavyBootstrap {

  /** Names a type of policy. */
  void take(Mesh mesh);
}
