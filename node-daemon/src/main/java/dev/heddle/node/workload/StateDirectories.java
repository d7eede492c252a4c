package dev.heddle.node.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the last good configurations are kept: the node's own, and one per workload. */
final class StateDirectories {

  private final Path root;
  private final MeshLog log;

  StateDirectories(Path root, MeshLog log) {
    this.root = root;
    this.log = log;
  }

  Path node() {
    return root.resolve("node");
  }

  Path of(WorkloadKey workload) {
    return workloads().resolve(workload.fileName());
  }

  private Path workloads() {
    return root.resolve("workloads");
  }

  /** Drops what is kept of workloads that have no pod here any more: a crash leaves it behind. */
  void retain(Set<WorkloadKey> present) {
    Set<String> names =
        present.stream().map(WorkloadKey::fileName).collect(Collectors.toUnmodifiableSet());
    if (!Files.isDirectory(workloads())) {
      return;
    }
    try (Stream<Path> kept = Files.list(workloads())) {
      kept.filter(directory -> !names.contains(String.valueOf(directory.getFileName())))
          .forEach(this::drop);
    } catch (IOException e) {
      log.warn("--state: " + e + "; what is kept of pods that left stays there");
    }
  }

  private void drop(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      log.warn("--state: " + directory + " is not removed: " + e);
    }
  }
}
