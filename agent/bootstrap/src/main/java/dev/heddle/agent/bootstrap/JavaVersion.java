package dev.heddle.agent.bootstrap;

/** What this JVM has. */
public final class JavaVersion {

  private JavaVersion() {}

  /** Whether there are modules, and {@link NamedModules} may be called: Java 9. */
  public static boolean hasModules() {
    return !System.getProperty("java.specification.version", "").startsWith("1.");
  }
}
