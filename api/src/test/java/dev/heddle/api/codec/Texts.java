package dev.heddle.api.codec;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts and collections of them as rules may hold them: empty, beyond ASCII, beyond 16 bits. */
final class Texts {

  private static final int MAX_SIZE = 3;

  private Texts() {}

  static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(6), Arbitraries.of("", "ü€", "\uD83D\uDE00"));
  }

  static Arbitrary<List<String>> texts() {
    return text().list().ofMaxSize(MAX_SIZE);
  }

  static Arbitrary<Map<String, String>> map() {
    return Arbitraries.maps(text(), text()).ofMaxSize(MAX_SIZE);
  }

  static <T> Arbitrary<List<T>> few(Arbitrary<T> values) {
    return values.list().ofMaxSize(MAX_SIZE);
  }
}
