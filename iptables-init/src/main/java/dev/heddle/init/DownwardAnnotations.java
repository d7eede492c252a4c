package dev.heddle.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A pod's annotations as Kubernetes' downward API writes them into a file: one {@code name="value"}
 * a line, the value quoted as in Go.
 */
final class DownwardAnnotations {

  /** Kubernetes lets all annotations of an object be 256 KiB; quoting may double them. */
  private static final long MAX_BYTES = 1 << 20;

  private DownwardAnnotations() {}

  static Map<String, String> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    Map<String, String> annotations = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf("=\"");
      if (equals > 0 && line.endsWith("\"") && line.length() >= equals + 3) {
        String quoted = line.substring(equals + 2, line.length() - 1);
        annotations.put(line.substring(0, equals), quoted.replace("\\\"", "\""));
      }
    }
    return annotations;
  }
}
