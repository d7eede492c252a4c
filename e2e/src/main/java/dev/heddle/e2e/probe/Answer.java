package dev.heddle.e2e.probe;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param status 0 where the client threw
 * @param headers by lower-case name
 * @param uri what the client says it called
 * @param error class of what the client threw
 */
public record Answer(
    int status,
    Map<String, List<String>> headers,
    String body,
    String uri,
    @Nullable String error,
    double millis) {

  /** The first value of a header, or empty. */
  public String header(String name) {
    return headers.getOrDefault(name, List.of("")).get(0);
  }

  /** In one word: the header by which a server names itself, or the status, or the error. */
  public String word() {
    if (error != null) {
      return error;
    }
    return status == 200 ? header("x-upstream") : Integer.toString(status);
  }
}
