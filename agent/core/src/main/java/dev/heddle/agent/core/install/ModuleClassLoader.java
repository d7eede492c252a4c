package dev.heddle.agent.core.install;

import dev.heddle.agent.bootstrap.AgentClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Where the advice and helpers of one module meet one library: their own package from the agent's
 * jar, the agent's other classes from the agent, everything else from the library's loader.
 */
final class ModuleClassLoader extends ClassLoader {

  private static final String OURS = "dev.heddle.";

  private final AgentClassLoader agent;
  private final @Nullable ClassLoader library;
  private final String ownPackage;

  ModuleClassLoader(AgentClassLoader agent, @Nullable ClassLoader library, String ownPackage) {
    super(agent);
    this.agent = agent;
    this.library = library;
    this.ownPackage = ownPackage;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (name.startsWith(ownPackage)) {
        byte[] bytes = agent.classBytes(name);
        if (bytes != null) {
          return defineClass(name, bytes, 0, bytes.length);
        }
      }
      return name.startsWith(OURS) ? agent.loadClass(name) : ofLibrary(name);
    }
  }

  private Class<?> ofLibrary(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name, false, library);
    } catch (ClassNotFoundException e) {
      return agent.loadClass(name);
    }
  }
}
