package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a directory of YAML again and again; not for several threads. */
final class DirectoryReader {

  /** Files read at most, so that a directory given by mistake does no harm. */
  static final int MAX_FILES = 10_000;

  /** Bytes of one file at most, as {@link RuleParser#MAX_TEXT_CHARS}. */
  static final long MAX_FILE_BYTES = RuleParser.MAX_TEXT_CHARS;

  /** What the directory says now. */
  record Reading(ConfigState state, List<ConfigProblem> problems) {}

  private record FileState(String text, FileContent content) {}

  private final Path directory;
  private final RuleParser parser = new RuleParser();
  private final KubernetesObjects kubernetes = new KubernetesObjects();
  private SortedMap<Path, FileState> files = new TreeMap<>();

  DirectoryReader(Path directory) {
    this.directory = directory;
  }

  /** IOException if the directory itself cannot be read; then what was read before holds. */
  Reading read() throws IOException {
    SortedMap<Path, FileState> next = new TreeMap<>();
    List<ConfigProblem> problems = new ArrayList<>();
    for (Path file : list()) {
      FileState before = files.getOrDefault(file, new FileState("", FileContent.EMPTY));
      try {
        String text = text(file);
        next.put(
            file,
            text.equals(before.text)
                ? before
                : new FileState(text, before.content.updated(text, parser, kubernetes)));
      } catch (NoSuchFileException e) {
        // it vanished between listing and reading
      } catch (IOException e) {
        next.put(file, before);
        problems.add(problem(file, "cannot be read: " + e.getMessage()));
      }
    }
    files = next;
    return new Reading(merge(problems), List.copyOf(problems));
  }

  private ConfigState merge(List<ConfigProblem> problems) {
    Map<ObjectKey, ConfigObject> objects = new HashMap<>();
    Map<ObjectKey, Path> owners = new HashMap<>();
    files.forEach(
        (file, state) -> {
          String name = directory.relativize(file).toString();
          state.content.errors().forEach(p -> problems.add(new ConfigProblem(name, true, p)));
          state.content.warnings().forEach(p -> problems.add(new ConfigProblem(name, false, p)));
          state
              .content
              .objects()
              .forEach(
                  (key, object) -> {
                    Path owner = owners.putIfAbsent(key, file);
                    if (owner == null) {
                      objects.put(key, object);
                    } else {
                      problems.add(problem(file, twice(key, owner)));
                    }
                  });
        });
    return ConfigState.of(objects);
  }

  private String twice(ObjectKey key, Path owner) {
    return key + " is in " + directory.relativize(owner) + " too, which holds; remove one of them";
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(DirectoryReader::isConfiguration)
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MAX_FILES)
          .toList();
    }
  }

  /** Editors' backups, swap and lock files are no configuration. */
  private static boolean isConfiguration(Path file) {
    String name = file.getFileName().toString();
    boolean hidden = name.startsWith(".") || name.startsWith("#") || name.startsWith("~");
    return !hidden && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static String text(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          "it has " + size + " bytes (expected: at most " + MAX_FILE_BYTES + "); split it");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private ConfigProblem problem(Path file, String message) {
    return new ConfigProblem(
        directory.relativize(file).toString(),
        true,
        new RuleProblem("", "", "", "", 0, 0, message));
  }
}
