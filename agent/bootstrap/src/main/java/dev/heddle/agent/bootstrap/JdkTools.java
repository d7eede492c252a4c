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

  /** {@code java App.java}: the compiler's module starts it, and it is an app all the same. */
  private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

  private JdkTools() {}

  /** Whether this JVM runs a tool of the JDK. */
  static boolean running() {
    return running(
        System.getProperty("jdk.module.main", ""), System.getProperty("sun.java.command", ""));
  }

  /** As the launcher tells: the main module, and the main class with its arguments. */
  static boolean running(String module, String command) {
    if (command.startsWith(SOURCE_LAUNCHER)) {
      return false;
    }
    for (String tool : MODULES) {
      if (module.equals(tool)) {
        return true;
      }
    }
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
