package dev.heddle.agent.core.inbound;

import org.jspecify.annotations.Nullable;

/** Judges requests, from any thread. */
interface RequestGate {

  /** The answer to a request that is not let in, else null. */
  @Nullable Refusal judge(InboundRequest request);

  /** Whether a request that cannot be judged is refused. */
  boolean refuses();
}
