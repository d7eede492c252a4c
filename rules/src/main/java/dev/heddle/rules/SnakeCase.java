package dev.heddle.rules;

import java.util.Locale;

/** The protobuf name of a JSON name; Istio's parser takes either. */
final class SnakeCase {

  private SnakeCase() {}

  static String of(String camelCase) {
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
}
