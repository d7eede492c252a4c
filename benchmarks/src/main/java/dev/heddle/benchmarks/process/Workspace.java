package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that lives as long as a measurement. */
public final class Workspace implements AutoCloseable {

  private final Path root;

  /** Makes it. */
  public Workspace() throws IOException {
    root = Files.createTempDirectory("heddle-benchmarks-");
  }

  /** A folder in it, made if it is missing. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /** A folder in it that nothing was in. */
  public Path freshFolder(String name) throws IOException {
    return Files.createTempDirectory(root, name);
  }

  /** Writes a file in one step, as a good editor saves. */
  public Path write(String folder, String name, String content) throws IOException {
    Path next = Files.writeString(folder("next").resolve(name), content);
    return Files.move(next, folder(folder).resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
