package dev.heddle.api.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Immutable copies of what messages hold, in the collections that Java 8 has. */
final class Collections8 {

  private Collections8() {}

  static <T> List<T> copy(List<T> from) {
    return from.isEmpty()
        ? Collections.emptyList()
        : Collections.unmodifiableList(new ArrayList<>(from));
  }

  static Map<String, String> copy(Map<String, String> from) {
    return from.isEmpty()
        ? Collections.emptyMap()
        : Collections.unmodifiableMap(new LinkedHashMap<>(from));
  }

  static <M, V> List<V> list(List<M> from, Function<M, V> decode) {
    if (from.isEmpty()) {
      return Collections.emptyList();
    }
    List<V> values = new ArrayList<>(from.size());
    for (M message : from) {
      values.add(decode.apply(message));
    }
    return Collections.unmodifiableList(values);
  }
}
