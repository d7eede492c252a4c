package dev.heddle.e2e;

import java.util.List;
import java.util.Map;

/**
 * A request as a server got it.
 *
 * @param target path and query as they came
 * @param headers by lower-case name
 */
record Received(
    String upstream, String method, String target, Map<String, List<String>> headers, String body) {

  /** The values of a header, joined. */
  String header(String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }
}
