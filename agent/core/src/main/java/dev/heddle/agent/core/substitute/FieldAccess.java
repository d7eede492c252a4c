package dev.heddle.agent.core.substitute;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code sun.misc.Unsafe} in the relocated libraries: protobuf's lite runtime reads
 * and writes the fields of messages with it, and JDK 24 and newer write a warning of that to the
 * app's stderr (JEP 498). An "offset" here is the number of a field, and reflection does the rest,
 * which is fast enough for configuration.
 *
 * <p>The names and shapes are Unsafe's. What it can do to arrays and raw memory is left out on
 * purpose: protobuf probes for those methods, and uses plain Java without them.
 */
public final class FieldAccess {

  /** Found by reflection, by its type, as Unsafe's own instance is. */
  @SuppressWarnings("unused")
  private static final FieldAccess INSTANCE = new FieldAccess();

  /** Grows by a few for each class of messages that is used, and only then. */
  private volatile Field[] fields = {};

  /** For tests; libraries find the one instance. */
  FieldAccess() {}

  /** The number of a field. */
  public synchronized long objectFieldOffset(Field field) {
    // Fields of the JDK are asked for only to see whether raw memory can be used.
    ClassLoader own = FieldAccess.class.getClassLoader();
    if (Objects.equals(field.getDeclaringClass().getClassLoader(), own)) {
      field.setAccessible(true);
    }
    Field[] before = fields;
    Field[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = field;
    fields = after;
    return before.length;
  }

  /** A new instance, by its constructor without parameters. */
  public Object allocateInstance(Class<?> type) throws InstantiationException {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      InstantiationException failure = new InstantiationException(type + ": " + e);
      failure.initCause(e);
      throw failure;
    }
  }

  /** The value of an object field. */
  public @Nullable Object getObject(Object of, long offset) {
    try {
      return field(offset).get(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets an object field. */
  public void putObject(Object of, long offset, @Nullable Object value) {
    try {
      field(offset).set(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** The value of an int field. */
  public int getInt(Object of, long offset) {
    try {
      return field(offset).getInt(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets an int field. */
  public void putInt(Object of, long offset, int value) {
    try {
      field(offset).setInt(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** The value of a long field. */
  public long getLong(Object of, long offset) {
    try {
      return field(offset).getLong(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets a long field. */
  public void putLong(Object of, long offset, long value) {
    try {
      field(offset).setLong(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** The value of a boolean field. */
  public boolean getBoolean(Object of, long offset) {
    try {
      return field(offset).getBoolean(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets a boolean field. */
  public void putBoolean(Object of, long offset, boolean value) {
    try {
      field(offset).setBoolean(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** The value of a float field. */
  public float getFloat(Object of, long offset) {
    try {
      return field(offset).getFloat(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets a float field. */
  public void putFloat(Object of, long offset, float value) {
    try {
      field(offset).setFloat(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** The value of a double field. */
  public double getDouble(Object of, long offset) {
    try {
      return field(offset).getDouble(of);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  /** Sets a double field. */
  public void putDouble(Object of, long offset, double value) {
    try {
      field(offset).setDouble(of, value);
    } catch (IllegalAccessException e) {
      throw refused(offset, e);
    }
  }

  private Field field(long offset) {
    return fields[(int) offset];
  }

  private IllegalStateException refused(long offset, IllegalAccessException reason) {
    return new IllegalStateException(
        field(offset) + " is not the agent's own (expected: a field of a relocated library)",
        reason);
  }
}
