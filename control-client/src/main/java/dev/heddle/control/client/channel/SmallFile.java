package dev.heddle.control.client.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mounted file, read as a whole: Kubernetes replaces such files while the process runs. */
final class SmallFile {

  private SmallFile() {}

  /** Its text; IOException says what is wrong with it. */
  static String read(Path file, long maxBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + (Files.exists(file) ? " is no regular file" : " does not exist"));
    }
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new IOException(file + " has " + size + " bytes (expected: at most " + maxBytes + ")");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
