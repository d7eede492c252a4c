package dev.heddle.api.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Enums of messages turned into policy's, which have the same constants. */
final class Enums {

  private Enums() {}

  /** The constant of the same name; IllegalArgumentException if a later version sent another. */
  static <E extends Enum<E>> E same(Class<E> type, Enum<?> message) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(message.name())) {
        return constant;
      }
    }
    Class<?> owner = type.getEnclosingClass();
    throw new IllegalArgumentException(
        (owner == null ? "" : owner.getSimpleName() + ".")
            + type.getSimpleName()
            + " has a value that this version does not know (expected: one of "
            + Arrays.toString(type.getEnumConstants())
            + ")");
  }

  /** The constants of the same names; IllegalArgumentException if a later version sent another. */
  static <E extends Enum<E>> Set<E> same(Class<E> type, List<? extends Enum<?>> messages) {
    Set<E> values = EnumSet.noneOf(type);
    for (Enum<?> message : messages) {
      values.add(same(type, message));
    }
    return Collections.unmodifiableSet(values);
  }
}
