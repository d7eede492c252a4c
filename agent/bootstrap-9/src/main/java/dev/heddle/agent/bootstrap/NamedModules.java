package dev.heddle.agent.bootstrap;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Modules of Java 9 and newer, called directly: an older JVM never loads this class. By reflection
 * the JDK would first make method handles for each of these calls, 40 ms before the app's main.
 */
public final class NamedModules {

  private NamedModules() {}

  /** Lets a module of the JDK, if this JVM has it, read the module of a class. */
  public static void addRead(Instrumentation instrumentation, String from, Class<?> to) {
    Optional<Module> module = ModuleLayer.boot().findModule(from);
    if (module.isPresent()) {
      redefine(
          instrumentation,
          module.get(),
          Collections.singleton(to.getModule()),
          Collections.emptyMap());
    }
  }

  /** Opens the package of a class, and others of its module, to a loader's classes. */
  public static void open(
      Instrumentation instrumentation, Class<?> of, List<String> packages, ClassLoader to) {
    Set<Module> reader = Collections.singleton(to.getUnnamedModule());
    Map<String, Set<Module>> opens = new HashMap<>();
    opens.put(of.getPackageName(), reader);
    for (String other : packages) {
      opens.put(other, reader);
    }
    redefine(instrumentation, of.getModule(), Collections.emptySet(), opens);
  }

  /** Defines a class in the boot loader. */
  static void define(Instrumentation instrumentation, String name, byte[] bytes) {
    Module own = NamedModules.class.getModule();
    redefine(
        instrumentation,
        Object.class.getModule(),
        Collections.emptySet(),
        Collections.singletonMap("jdk.internal.misc", Collections.singleton(own)));
    Internals.define(name, bytes);
  }

  private static void redefine(
      Instrumentation instrumentation,
      Module module,
      Set<Module> reads,
      Map<String, Set<Module>> opens) {
    if (module.isNamed()) {
      instrumentation.redefineModule(
          module, reads, opens, opens, Collections.emptySet(), Collections.emptyMap());
    }
  }

  /** Apart, for it links only once its package is open. */
  private static final class Internals {

    static void define(String name, byte[] bytes) {
      jdk.internal.misc.Unsafe.getUnsafe()
          .defineClass(name.replace('.', '/'), bytes, 0, bytes.length, null, null);
    }
  }
}
