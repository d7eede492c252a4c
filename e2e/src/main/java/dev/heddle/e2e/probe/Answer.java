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
 * @param thread by name, that ran what the app hung on to the call
 * @param error class of what the client threw
 */
public record Answer(
    int status,
    Map<String, List<String>> headers,
    String body,
    String uri,
    String thread,
    @Nullable String error,
    double millis) {

  static Answer failed(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return new Answer(0, Map.of(), message, "", "", failure.getClass().getName(), 0);
  }

  Answer after(long nanos) {
    return new Answer(status, headers, body, uri, thread, error, nanos / 1e6);
  }

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
