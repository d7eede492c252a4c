package dev.heddle.agent.core.install;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Java 9's modules by reflection; on Java 8 there is nothing to open. */
final class JavaModules {

  private final Instrumentation instrumentation;
  private final @Nullable Method redefine;
  private final @Nullable Method getModule;
  private final @Nullable Method getUnnamedModule;

  JavaModules(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    this.redefine = method(Instrumentation.class, "redefineModule");
    this.getModule = method(Class.class, "getModule");
    this.getUnnamedModule = method(ClassLoader.class, "getUnnamedModule");
  }

  private static @Nullable Method method(Class<?> type, String name) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    return null;
  }

  /** Lets a module of the JDK, if this JVM has it, read the module of a class. */
  void addRead(String from, Class<?> to) throws ReflectiveOperationException {
    if (redefine == null || getModule == null) {
      return;
    }
    Class<?> layers = Class.forName("java.lang.ModuleLayer");
    Object boot = layers.getMethod("boot").invoke(null);
    Optional<?> module =
        (Optional<?>) layers.getMethod("findModule", String.class).invoke(boot, from);
    if (module.isPresent()) {
      redefine(module.get(), Collections.singleton(getModule.invoke(to)), Collections.emptyMap());
    }
  }

  /** Opens the package of a class, and others of its module, to a loader's classes. */
  void open(Class<?> of, List<String> packages, ClassLoader to)
      throws ReflectiveOperationException {
    if (redefine == null || getModule == null || getUnnamedModule == null) {
      return;
    }
    Map<String, Set<Object>> opens = new HashMap<>();
    String name = of.getName();
    Set<Object> reader = Collections.singleton(getUnnamedModule.invoke(to));
    opens.put(name.substring(0, name.lastIndexOf('.')), reader);
    packages.forEach(other -> opens.put(other, reader));
    redefine(getModule.invoke(of), Collections.emptySet(), opens);
  }

  private void redefine(Object module, Set<?> reads, Map<String, Set<Object>> opens)
      throws ReflectiveOperationException {
    if (redefine != null && isNamed(module)) {
      redefine.invoke(
          instrumentation,
          module,
          reads,
          opens,
          opens,
          Collections.emptySet(),
          Collections.emptyMap());
    }
  }

  private static boolean isNamed(Object module) throws ReflectiveOperationException {
    return (boolean) Class.forName("java.lang.Module").getMethod("isNamed").invoke(module);
  }
}
