package dev.heddle.benchmarks.startup;

/** The names of the ways to start. */
final class Arm {

  static final String PLAIN = "no agent";

  /** Neither agent nor archive of the app: some of the JDK's classes come from its own archive. */
  static final String NO_ARCHIVE = "no archive";

  /** Nothing is in the weave cache. */
  static final String FIRST = "agent, first start";

  /** The weave cache is warm. */
  static final String LATER = "agent, later start";

  /** As later, by {@code -agentlib:instrument}, which adds no module to those of the start. */
  static final String AGENTLIB = "agent by -agentlib, later start";

  /** As agentlib; the archive was made by a start with the agent. */
  static final String TRAINED = "agent by -agentlib, archive made with it";

  static final String OPEN_TELEMETRY = "OpenTelemetry agent";

  private Arm() {}
}
