package dev.heddle.agent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/** What {@code -javaagent:heddle-agent.jar} starts. Whatever goes wrong, the app starts. */
public final class HeddleAgent {

  private static final String SEAM = "dev.heddle.agent.bootstrap.Seam";
  private static final String ATTACHED = "dev.heddle.agent.bootstrap.Attached";
  private static final String CORE = "dev.heddle.agent.core.AgentStart";

  private HeddleAgent() {}

  /** Called by the JVM before the app's main. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    if (JdkTools.running()) {
      return;
    }
    try {
      start(arguments == null ? "" : arguments, instrumentation);
    } catch (Throwable e) { // the app must start without us
      Throwable reason = e;
      while (reason instanceof InvocationTargetException && reason.getCause() != null) {
        reason = reason.getCause();
      }
      System.err.println("[heddle] not active, the app runs without it: " + reason);
      for (StackTraceElement frame : reason.getStackTrace()) {
        System.err.println("[heddle]   at " + frame);
      }
    }
  }

  private static void start(String arguments, Instrumentation instrumentation) throws Exception {
    File jar =
        new File(HeddleAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    BootLoader.define(instrumentation, SEAM);
    BootLoader.define(instrumentation, ATTACHED);
    AgentClassLoader core =
        new AgentClassLoader(jar, ClassLoader.getSystemClassLoader().getParent());
    Class.forName(CORE, true, core)
        .getMethod("start", String.class, Instrumentation.class)
        .invoke(null, arguments, instrumentation);
  }
}
