package dev.heddle.control.ca;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How an authority is run.
 *
 * @param directory its files
 * @param trustDomain the mesh that it vouches for
 * @param longest how long what it signs is valid at most
 * @param serverNames DNS names and addresses under which this process is called
 */
public record AuthoritySettings(
    Path directory, String trustDomain, Duration longest, List<String> serverNames) {

  /** Shorter ones expire before they are renewed. */
  public static final Duration SHORTEST = Duration.ofSeconds(5);

  /** Names under which this process is always called. */
  private static final List<String> USUAL_NAMES =
      List.of(
          "localhost",
          "127.0.0.1",
          "::1",
          "heddle-control",
          "heddle-control.heddle-system",
          "heddle-control.heddle-system.svc",
          "heddle-control.heddle-system.svc.cluster.local");

  /** IllegalArgumentException names what is out of range. */
  public AuthoritySettings {
    serverNames = List.copyOf(serverNames);
    if (longest.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "certificate lifetime of "
              + longest.toMillis()
              + " ms (expected: at least "
              + SHORTEST.toSeconds()
              + " s)");
    }
    ServerNames.identity(trustDomain);
    ServerNames.of(serverNames);
  }

  /** The usual names and those that were set. */
  List<String> allServerNames() {
    return Stream.concat(USUAL_NAMES.stream(), serverNames.stream()).distinct().toList();
  }
}
