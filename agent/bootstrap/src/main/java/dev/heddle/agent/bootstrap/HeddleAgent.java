package dev.heddle.agent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.jar.JarFile;

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
    File file =
        new File(HeddleAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JarFile jar = new JarFile(file, false); // open as long as the JVM runs
    BootLoader.define(instrumentation, jar, SEAM);
    BootLoader.define(instrumentation, jar, ATTACHED);
    ClassLoader core =
        new AgentClassLoader(file, jar, ClassLoader.getSystemClassLoader().getParent());
    Class.forName(CORE, true, core)
        .asSubclass(AgentEntry.class)
        .getDeclaredConstructor()
        .newInstance()
        .start(arguments, instrumentation);
  }
}
