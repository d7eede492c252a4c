package dev.heddle.agent.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** The agent's jar with something missing, to see what its absence does. */
final class BrokenAgent {

  private BrokenAgent() {}

  /** A copy without the entries that end so. */
  static Path without(String suffix, Path folder) throws IOException {
    Path copy = folder.resolve("broken.jar");
    byte[] buffer = new byte[16 * 1024];
    try (JarFile jar = new JarFile(ForkedJvm.AGENT);
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(suffix)) {
          continue;
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
          }
        }
        out.closeEntry();
      }
    }
    return copy;
  }
}
