package dev.heddle.agent.instrumentation.httpurlconnection;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fields and methods that the JDK's classes keep to themselves, by name; found by probing, never by
 * the version of the JDK. Only those asked for are opened: some others are of packages that are not
 * open to us.
 */
final class Members {

  private static final ClassValue<Map<String, Optional<Field>>> FIELDS =
      new ClassValue<Map<String, Optional<Field>>>() {
        @Override
        protected Map<String, Optional<Field>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final ClassValue<Map<String, Method>> METHODS =
      new ClassValue<Map<String, Method>>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Members() {}

  /** A field of a class or of one above it. */
  static Field field(Class<?> type, String name) throws NoSuchFieldException {
    return findField(type, name)
        .orElseThrow(() -> new NoSuchFieldException(type + " has no field " + name));
  }

  /** The same, where not every JDK has it. */
  static Optional<Field> findField(Class<?> type, String name) {
    Map<String, Optional<Field>> known = FIELDS.get(type);
    Optional<Field> field = known.get(name);
    return field == null ? known.computeIfAbsent(name, n -> probeField(type, n)) : field;
  }

  private static Optional<Field> probeField(Class<?> from, String name) {
    for (Class<?> type = from; type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }

  /** A method of a class or of one above it; no two of those asked for share a name. */
  static Method method(Class<?> type, String name, int parameters) throws NoSuchMethodException {
    Map<String, Method> known = METHODS.get(type);
    Method method = known.get(name);
    if (method == null) {
      method = probeMethod(type, name, parameters);
      known.put(name, method);
    }
    return method;
  }

  private static Method probeMethod(Class<?> from, String name, int parameters)
      throws NoSuchMethodException {
    for (Class<?> type = from; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == parameters) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(from + " has no method " + name);
  }
}
