package dev.heddle.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the storefront answered, taken apart: {@code reviews=v2 ratings=503 ratings-ms=0.4}.
 *
 * @param millis how long the shop took
 */
record Reply(int status, Map<String, String> words, double millis) {

  private static final Pattern WORD = Pattern.compile("([a-z-]+)=(\\S+)");

  static Reply of(int status, String body, double millis) {
    Map<String, String> words = new LinkedHashMap<>();
    WORD.matcher(body).results().forEach(word -> words.put(word.group(1), word.group(2)));
    return new Reply(status, words, millis);
  }

  /** The version that answered a hop, or its error; empty where the hop was not made. */
  String answer(String service) {
    return words.getOrDefault(service, "");
  }

  /** Whether the hop was made and a version of the service answered it. */
  boolean answered(String service) {
    return answer(service).startsWith("v");
  }

  /** How long the hop took, 0 where it is not known. */
  double millis(String service) {
    return Double.parseDouble(words.getOrDefault(service + "-ms", "0"));
  }
}
