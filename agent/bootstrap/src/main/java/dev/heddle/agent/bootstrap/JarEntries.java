package dev.heddle.agent.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Reads from the agent's jar, which is open once for all. */
final class JarEntries {

  private static final int BUFFER_BYTES = 16 * 1024;

  private JarEntries() {}

  /** The bytes of an entry, or null if there is none of this name. */
  @SuppressWarnings("NullAway") // @Nullable would be a dependency; the bootstrap has none
  static byte[] read(JarFile jar, String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
      return out.toByteArray();
    }
  }
}
