package dev.heddle.agent.bootstrap;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.jar.JarFile;

/**
 * Defines a class in the boot loader without appending to its search path, which would drop the
 * app's CDS archive.
 */
final class BootLoader {

  private BootLoader() {}

  static void define(Instrumentation instrumentation, JarFile jar, String name) throws Exception {
    String entry = name.replace('.', '/') + ".class";
    byte[] bytes = JarEntries.read(jar, entry);
    if (bytes == null) {
      throw new IOException(entry + " is not in the agent's jar " + jar.getName());
    }
    if (JavaVersion.hasModules()) {
      NamedModules.define(instrumentation, name, bytes);
    } else {
      define(name, bytes);
    }
  }

  /** Java 8; its compiler must not know the method, which later ones lack. */
  private static void define(String name, byte[] bytes) throws ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field instance = unsafe.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    Method define =
        unsafe.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class);
    define.invoke(instance.get(null), name.replace('.', '/'), bytes, 0, bytes.length, null, null);
  }
}
