package dev.heddle.agent.core.install;

import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types to weave, by name; asked of each class that loads. Filled before the first. */
final class Targets {

  static final class Target {
    final InstrumentationModule module;
    final HookedType hook;
    final boolean choosesLoaders;

    Target(InstrumentationModule module, HookedType hook, boolean choosesLoaders) {
      this.module = module;
      this.hook = hook;
      this.choosesLoaders = choosesLoaders;
    }

    boolean isFor(ClassLoader loader) {
      return !choosesLoaders || module.classLoaderMatcher().matches(loader);
    }
  }

  private final Map<String, Target> byName = new HashMap<>();
  private final List<String> endings = new ArrayList<>();
  private final List<Target> relocated = new ArrayList<>();

  void add(InstrumentationModule module, HookedType hook, boolean choosesLoaders) {
    Target target = new Target(module, hook, choosesLoaders);
    String name = hook.name().replace('.', '/');
    byName.put(name, target);
    if (hook.alsoRelocated()) {
      endings.add(name.substring(name.indexOf('/')));
      relocated.add(target);
    }
  }

  /** name: of a class, with slashes. */
  @Nullable Target find(String name) {
    Target target = byName.get(name);
    for (int i = 0; target == null && i < endings.size(); i++) {
      if (name.endsWith(endings.get(i))) {
        target = relocated.get(i);
      }
    }
    return target;
  }
}
