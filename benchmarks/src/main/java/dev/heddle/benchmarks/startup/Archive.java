package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Java;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The archives of classes that a JDK makes of an app. */
enum Archive {
  /**
   * A dynamic archive over the JDK's own (JDK 13, JEP 350); no agent may be there when it is made.
   */
  APP_CDS("AppCDS", 13, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", false),
  /** In one step (JDK 25, JEP 514). */
  AOT_CACHE("AOT cache", 25, "-XX:AOTCacheOutput=", "-XX:AOTCache=", true);

  private final String label;
  private final int since;
  private final String make;
  private final String use;
  private final boolean madeWithAgents;

  Archive(String label, int since, String make, String use, boolean madeWithAgents) {
    this.label = label;
    this.since = since;
    this.make = make;
    this.use = use;
    this.madeWithAgents = madeWithAgents;
  }

  /** What this JDK can make. */
  static List<Archive> of(Java java) {
    return Arrays.stream(values()).filter(archive -> archive.since <= java.version()).toList();
  }

  String label() {
    return label;
  }

  /** Whether a start with an agent can make one. */
  boolean isMadeWithAgents() {
    return madeWithAgents;
  }

  String made(Path file) {
    return make + file;
  }

  String used(Path file) {
    return use + file;
  }
}
