package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of a value of the wrong type what it is and what it should have been. */
final class Expected {

  private Expected() {}

  static String sentence(JsonNode seen, @Nullable Class<?> type) {
    return "is "
        + Excerpt.of(seen.toString(), Excerpt.VALUE_CHARS)
        + " (expected: "
        + (type == null ? "another value" : name(type))
        + ")";
  }

  private static String name(Class<?> type) {
    if (type == GoDuration.class) {
      return GoDuration.FORM;
    }
    if (type.isEnum()) {
      return "one of " + List.of(type.getEnumConstants());
    }
    if (type == String.class) {
      return "a text; quotes make one";
    }
    if (type == Integer.class || type == int.class) {
      return "a whole number of 32 bits";
    }
    if (type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (type == Double.class || type == double.class) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another value";
  }
}
