package dev.heddle.node.capture;

import dev.heddle.init.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds a network namespace by its number, where container runtimes mount them and at the processes
 * of the node (which takes hostPID). A number may be another's meanwhile: the caller verifies.
 */
final class LiveNamespaces {

  private static final List<Path> MOUNTS =
      List.of(Path.of("/run/netns"), Path.of("/run/docker/netns"));
  private static final Path PROCESSES = Path.of("/proc");

  private LiveNamespaces() {}

  static Optional<NetworkNamespace> find(long inode) {
    for (Path mounts : MOUNTS) {
      Optional<NetworkNamespace> found = among(mounts, "*", Path.of(""), inode);
      if (found.isPresent()) {
        return found;
      }
    }
    return among(PROCESSES, "[0-9]*", Path.of("ns", "net"), inode);
  }

  private static Optional<NetworkNamespace> among(
      Path directory, String glob, Path below, long inode) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      for (Path entry : entries) {
        Optional<NetworkNamespace> found = at(entry.resolve(below), inode);
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No such runtime here, or the directory went away.
    }
    return Optional.empty();
  }

  private static Optional<NetworkNamespace> at(Path path, long inode) {
    try {
      if ((long) Files.getAttribute(path, "unix:ino") == inode) {
        NetworkNamespace found = NetworkNamespace.open(path);
        if (found.inode() == inode) {
          return Optional.of(found);
        }
        found.close();
      }
    } catch (IOException e) {
      // It ended while we looked, or is no namespace.
    }
    return Optional.empty();
  }
}
