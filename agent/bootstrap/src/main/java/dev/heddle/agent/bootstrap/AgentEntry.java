package dev.heddle.agent.bootstrap;

import java.lang.instrument.Instrumentation;

/** Where the bootstrap enters the agent proper, behind its class loader. */
public interface AgentEntry {

  /** Begins, with the agent's arguments; whatever it throws, the app starts. */
  void start(String arguments, Instrumentation instrumentation) throws Exception;
}
