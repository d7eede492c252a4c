package dev.heddle.agent.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Defines a class in the boot loader without appending to its search path, which would drop the
 * app's CDS archive.
 */
final class BootLoader {

  private BootLoader() {}

  static void define(Instrumentation instrumentation, String name) throws Exception {
    byte[] bytes = bytes(name);
    Object unsafe = unsafe(instrumentation);
    Method define =
        unsafe
            .getClass()
            .getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
    define.invoke(unsafe, name.replace('.', '/'), bytes, 0, bytes.length, null, null);
  }

  private static Object unsafe(Instrumentation instrumentation) throws Exception {
    Class<?> type;
    try {
      type = Class.forName("jdk.internal.misc.Unsafe");
      openInternals(instrumentation);
    } catch (ClassNotFoundException java8) {
      type = Class.forName("sun.misc.Unsafe");
    }
    Field instance = type.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    return instance.get(null);
  }

  /** Instrumentation.redefineModule, by reflection, for this class is Java 8. */
  private static void openInternals(Instrumentation instrumentation) throws Exception {
    Method getModule = Class.class.getMethod("getModule");
    Object base = getModule.invoke(Object.class);
    Object own = getModule.invoke(BootLoader.class);
    Map<String, Set<Object>> internals = new HashMap<>();
    internals.put("jdk.internal.misc", Collections.singleton(own));
    for (Method method : Instrumentation.class.getMethods()) {
      if (method.getName().equals("redefineModule")) {
        method.invoke(
            instrumentation,
            base,
            Collections.emptySet(),
            internals,
            internals,
            Collections.emptySet(),
            Collections.emptyMap());
      }
    }
  }

  private static byte[] bytes(String name) throws IOException {
    String resource = '/' + name.replace('.', '/') + ".class";
    try (InputStream in = BootLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not in the agent's jar");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
      return out.toByteArray();
    }
  }
}
