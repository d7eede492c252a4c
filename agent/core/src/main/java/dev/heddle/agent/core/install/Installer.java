package dev.heddle.agent.core.install;

import dev.heddle.agent.bootstrap.AgentClassLoader;
import dev.heddle.agent.bootstrap.JavaVersion;
import dev.heddle.agent.bootstrap.NamedModules;
import dev.heddle.agent.bootstrap.Seam;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Finds the modules, and weaves their types as they load. */
public final class Installer {

  /** Modules of the JDK with hooked classes; these must read the seam, which is in no module. */
  private static final String[] HOOKED_MODULES = {"java.base", "java.net.http", "jdk.httpserver"};

  /** No class file; who asks for the class gets a ClassFormatError. */
  private static final byte[] REFUSED = "refused".getBytes(StandardCharsets.US_ASCII);

  private final Instrumentation instrumentation;
  private final AgentClassLoader agent;
  private final BiConsumer<String, Throwable> log;
  private final Hooks hooks = new Hooks();
  private final Targets targets = new Targets();
  private final AdviceLinker linker;
  private final WeaveCache cache;
  private final Semaphore unsaved = new Semaphore(0);
  private final boolean strict;
  private final boolean identity;
  private final Runnable unguarded;

  /**
   * log takes what a person should know of a hook that cannot be placed; strict: nothing passes a
   * hook that fails; identity: whether this process may get one, see {@link OnlyWithIdentity};
   * unguarded hears of hooks of {@link GuardsRequests} that are not in their places.
   */
  public Installer(
      Instrumentation instrumentation,
      AgentClassLoader agent,
      WeaveCache cache,
      boolean strict,
      boolean identity,
      Runnable unguarded,
      BiConsumer<String, Throwable> log) {
    this.strict = strict;
    this.identity = identity;
    this.unguarded = unguarded;
    this.cache = cache;
    this.instrumentation = instrumentation;
    this.agent = agent;
    this.log = log;
    this.linker = new AdviceLinker(agent, instrumentation, this::unlinked);
  }

  /** What became of each hook. */
  public Hooks hooks() {
    return hooks;
  }

  /** Weaves from now on; JDK classes that are loaded already are woven again. */
  public void install() throws ReflectiveOperationException {
    collect();
    Seam.install(linker.handle());
    if (JavaVersion.hasModules()) {
      for (String module : HOOKED_MODULES) {
        NamedModules.addRead(instrumentation, module, Seam.class);
      }
    }
    Transformer transformer = new Transformer();
    if (cache.isEmpty()) {
      transformer.weaver(); // Byte Buddy is best started outside of a transform
    }
    instrumentation.addTransformer(transformer, true);
    retransformLoaded();
    Thread saver = new Thread(this::saveMisses, "heddle-weave-cache");
    saver.setDaemon(true);
    saver.start();
  }

  /** Writes on a thread of its own: no file may be written while a class loads. */
  private void saveMisses() {
    try {
      while (true) {
        unsaved.acquire();
        unsaved.drainPermits();
        cache.save();
      }
    } catch (IOException e) {
      log.accept("STATE_DIR keeps no woven classes; each start weaves anew", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void collect() {
    Iterator<InstrumentationModule> found =
        ServiceLoader.load(InstrumentationModule.class, agent).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        hooks.failed(String.valueOf(e.getMessage()), e); // for a newer Java than this one
      }
    }
  }

  private void add(InstrumentationModule module) {
    boolean needed =
        identity ? !(module instanceof OnlyWithoutIdentity) : !(module instanceof OnlyWithIdentity);
    if (!needed) {
      return;
    }
    boolean choosesLoaders = choosesLoaders(module);
    for (TypeInstrumentation type : module.typeInstrumentations()) {
      if (type instanceof HookedType) {
        HookedType hook = (HookedType) type;
        linker.add(module, hook);
        targets.add(module, hook, choosesLoaders);
        hooks.waiting(hook.name());
      } else {
        log.accept(
            type.getClass().getName() + " does not name its type with HookedType; it is left out",
            new IllegalArgumentException("matcher by other means than the name"));
      }
    }
  }

  /** Byte Buddy's matchers, which say yes to every loader where a module is silent, load late. */
  private static boolean choosesLoaders(InstrumentationModule module) {
    try {
      return module.getClass().getMethod("classLoaderMatcher").getDeclaringClass()
          != InstrumentationModule.class;
    } catch (NoSuchMethodException e) {
      return true;
    }
  }

  private void retransformLoaded() {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (targets.find(loaded.getName().replace('.', '/')) != null) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (Throwable e) { // whatever the JVM objects to, the app goes on unwoven
          passing(loaded.getName(), e);
        }
      }
    }
  }

  private void passing(String type, Throwable reason) {
    failed(
        type,
        "its calls pass unmanaged"
            + (refuses(type) ? " in spite of MODE=strict, for the class was loaded before" : ""),
        reason);
  }

  private void unlinked(String type, Throwable reason) {
    failed(
        type,
        refuses(type)
            ? "its calls are refused"
            : guards(type)
                ? "where policies apply its requests are refused, else they pass"
                : "its calls pass unmanaged",
        reason);
  }

  private byte @Nullable [] unwoven(String type, Throwable reason, @Nullable Class<?> loaded) {
    if (!refuses(type) || loaded != null) {
      passing(type, reason);
      return null;
    }
    failed(type, "the class is refused", reason);
    return REFUSED;
  }

  private boolean refuses(String type) {
    Targets.Target target = targets.find(type.replace('.', '/'));
    return strict && (target == null || !(target.module instanceof NeverRefuses));
  }

  private boolean guards(String type) {
    Targets.Target target = targets.find(type.replace('.', '/'));
    return target != null && target.module instanceof GuardsRequests;
  }

  private void failed(String type, String consequence, Throwable reason) {
    hooks.failed(type, reason);
    if (guards(type)) {
      unguarded.run();
    }
    log.accept("hook in " + type + " cannot be placed; " + consequence, reason);
  }

  private final class Transformer implements ClassFileTransformer {
    private @Nullable Weaver weaver;

    synchronized Weaver weaver() throws NoSuchMethodException {
      if (weaver == null) {
        weaver = new Weaver(agent, strict);
      }
      return weaver;
    }

    @Override
    public byte @Nullable [] transform(
        ClassLoader loader,
        String name,
        @Nullable Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      Targets.Target target = name == null ? null : targets.find(name);
      if (target == null || loader == agent) {
        return null;
      }
      String type = name.replace('/', '.');
      try {
        if (!target.isFor(loader)) {
          return null;
        }
        byte[] woven = cache.find(name, bytes);
        if (woven == null) {
          woven = weaver().weave(target.module, target.hook, type, loader, bytes);
          cache.add(name, bytes, woven);
          unsaved.release();
        }
        hooks.woven(type);
        return woven;
      } catch (Throwable e) { // the app goes on, as the mode says
        return unwoven(type, e, redefined);
      }
    }
  }
}
