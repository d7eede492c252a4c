package dev.heddle.agent.bootstrap;

/** Tells the JDK's own tools, which JAVA_TOOL_OPTIONS reaches too, from apps. */
final class JdkTools {

  private static final String[] PACKAGES = {
    "sun.security.tools.", "sun.tools.", "com.sun.tools.", "jdk.tools.", "jdk.jpackage.internal."
  };

  private static final String[] MODULES = {
    "jdk.compiler",
    "jdk.jartool",
    "jdk.javadoc",
    "jdk.jcmd",
    "jdk.jconsole",
    "jdk.jdeps",
    "jdk.jdi",
    "jdk.jfr",
    "jdk.jlink",
    "jdk.jpackage",
    "jdk.jshell",
    "jdk.jstatd",
    "jdk.rmic",
    "java.rmi",
    "java.scripting",
    "jdk.httpserver"
  };

  private JdkTools() {}

  /** Whether this JVM runs a tool of the JDK. */
  static boolean running() {
    String module = System.getProperty("jdk.module.main", "");
    for (String tool : MODULES) {
      if (module.equals(tool)) {
        return true;
      }
    }
    String command = System.getProperty("sun.java.command", "");
    // keytool lives in java.base, whose name the launcher tells as "java.base/sun.security.tools…".
    String main = command.substring(command.startsWith("java.base/") ? "java.base/".length() : 0);
    for (String tool : PACKAGES) {
      if (main.startsWith(tool)) {
        return true;
      }
    }
    return false;
  }
}
