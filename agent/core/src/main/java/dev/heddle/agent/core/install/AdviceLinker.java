package dev.heddle.agent.core.install;

import dev.heddle.agent.bootstrap.AgentClassLoader;
import dev.heddle.agent.bootstrap.JavaVersion;
import dev.heddle.agent.bootstrap.NamedModules;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;

/** Links a woven place to its advice, in a loader for its module and the library's loader. */
final class AdviceLinker {

  private static final MethodType LINK =
      MethodType.methodType(
          CallSite.class,
          MethodHandles.Lookup.class,
          String.class,
          MethodType.class,
          Object[].class);

  private final AgentClassLoader agent;
  private final Instrumentation instrumentation;
  private final BiConsumer<String, Throwable> failed;
  private final Map<String, InstrumentationModule> byName = new HashMap<>();
  private final Map<String, List<String>> opens = new HashMap<>();
  private final Map<ClassLoader, Map<String, ModuleClassLoader>> loaders = new WeakHashMap<>();

  /** failed hears of hooks that are woven but cannot be linked to their advice. */
  AdviceLinker(
      AgentClassLoader agent,
      Instrumentation instrumentation,
      BiConsumer<String, Throwable> failed) {
    this.failed = failed;
    this.agent = agent;
    this.instrumentation = instrumentation;
  }

  void add(InstrumentationModule module, HookedType hook) {
    byName.put(module.getClass().getName(), module);
    opens.put(hook.name(), hook.alsoOpens());
  }

  /** What the seam calls. */
  MethodHandle handle() throws ReflectiveOperationException {
    return MethodHandles.lookup().bind(this, "link", LINK);
  }

  /** arguments: module class, descriptor of the advice method, advice class. */
  @SuppressWarnings("unused") // called by the JVM through the seam
  CallSite link(MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments)
      throws ReflectiveOperationException {
    try {
      return resolve(caller, name, type, arguments);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      failed.accept(caller.lookupClass().getName(), e);
      throw e;
    }
  }

  private CallSite resolve(
      MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments)
      throws ReflectiveOperationException {
    Class<?> woven = caller.lookupClass();
    ModuleClassLoader loader = loader((String) arguments[0], woven.getClassLoader());
    if (JavaVersion.hasModules()) {
      List<String> others = opens.getOrDefault(woven.getName(), Collections.emptyList());
      NamedModules.open(instrumentation, woven, others, loader);
    }
    Class<?> advice = loader.loadClass((String) arguments[2]);
    MethodType exact = MethodType.fromMethodDescriptorString((String) arguments[1], loader);
    MethodHandle target = MethodHandles.publicLookup().findStatic(advice, name, exact);
    return new ConstantCallSite(target.asType(type));
  }

  private synchronized ModuleClassLoader loader(String module, ClassLoader library) {
    ClassLoader key = library == null ? agent : library;
    return loaders
        .computeIfAbsent(key, k -> new HashMap<>())
        .computeIfAbsent(module, name -> new ModuleClassLoader(agent, library, packageOf(name)));
  }

  private String packageOf(String module) {
    if (!byName.containsKey(module)) {
      throw new IllegalStateException("no module " + module + " is installed");
    }
    return module.substring(0, module.lastIndexOf('.') + 1);
  }
}
