package dev.heddle.rules;

import java.util.Locale;

/** The two names of a protobuf field: {@code perTryTimeout} in JSON, {@code per_try_timeout}. */
final class FieldName {

  private FieldName() {}

  /** The protobuf name of a JSON name; Istio's parser takes either. */
  static String snake(String camelCase) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_');
      }
      snake.append(c);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether two names are the same but for their form. */
  static boolean same(String name, String other) {
    return plain(name).equals(plain(other));
  }

  /** The name without its form. */
  static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
