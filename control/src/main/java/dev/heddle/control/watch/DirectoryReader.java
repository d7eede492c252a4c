package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.index.Overlaps;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a directory of YAML again and again; not for several threads. */
final class DirectoryReader {

  /** Files read at most, so that a directory given by mistake does no harm. */
  static final int MAX_FILES = 10_000;

  /**
   * Characters of all files at most: ten thousand services with five pods each have some 30
   * million, and what is read is held as text and as objects.
   */
  static final long MAX_TOTAL_CHARS = 64L * 1024 * 1024;

  /** Bytes of one file at most, as {@link RuleParser#MAX_TEXT_CHARS}. */
  static final int MAX_FILE_BYTES = RuleParser.MAX_TEXT_CHARS;

  /**
   * An editor that replaces a file leaves it empty or away for a moment: what it held holds so
   * long.
   */
  static final Duration GONE_HOLD = Duration.ofMillis(150);

  /** What the directory says now. */
  record Reading(ConfigState state, List<ConfigProblem> problems) {}

  /**
   * A file as last read; goneSince tells when it was first seen empty or away, null if it is not.
   */
  private record FileState(String text, FileContent content, @Nullable Instant goneSince) {
    static final FileState NEW = new FileState("", FileContent.EMPTY, null);
  }

  private final Path directory;
  private final InstantSource clock;
  private final long maxTotalChars;
  private final RuleParser parser = new RuleParser();
  private final KubernetesObjects kubernetes = new KubernetesObjects();
  private SortedMap<Path, FileState> files = new TreeMap<>();

  /** The state that was looked through for overlaps, and what was found. */
  private ConfigState checked = ConfigState.EMPTY;

  private List<RuleProblem> overlaps = List.of();

  DirectoryReader(Path directory, InstantSource clock) {
    this(directory, clock, MAX_TOTAL_CHARS);
  }

  DirectoryReader(Path directory, InstantSource clock, long maxTotalChars) {
    this.directory = directory;
    this.clock = clock;
    this.maxTotalChars = maxTotalChars;
  }

  /**
   * IOException if the directory itself cannot be read or holds too much; then what was read before
   * holds: half a configuration would be another one.
   */
  Reading read() throws IOException {
    long chars = 0;
    SortedMap<Path, FileState> next = new TreeMap<>();
    List<ConfigProblem> problems = new ArrayList<>();
    Set<Path> all = new TreeSet<>(files.keySet());
    all.addAll(list(problems));
    for (Path file : all) {
      FileState before = files.getOrDefault(file, FileState.NEW);
      FileState now = readFile(file, before, problems);
      if (now != null) {
        next.put(file, now);
        chars += now.text.length();
      }
      if (chars > maxTotalChars) {
        throw new IOException(
            "its files have more than "
                + maxTotalChars
                + " characters (reached at "
                + directory.relativize(file)
                + "); move out what is no configuration of the mesh");
      }
    }
    files = next;
    return new Reading(merge(problems), List.copyOf(problems));
  }

  /** Whether a file is held that is empty or away: it should be looked at again soon. */
  boolean holds() {
    return files.values().stream().anyMatch(state -> state.goneSince != null);
  }

  private @Nullable FileState readFile(Path file, FileState before, List<ConfigProblem> problems) {
    try {
      String text = text(file);
      return text.isBlank() && held(before) ? hold(before) : update(text, before);
    } catch (NoSuchFileException e) {
      return held(before) ? hold(before) : null;
    } catch (IOException e) {
      problems.add(problem(file, "cannot be read: " + e.getMessage()));
      return before;
    }
  }

  private FileState update(String text, FileState before) {
    FileContent content =
        text.equals(before.text)
            ? before.content
            : before.content.updated(text, parser, kubernetes);
    return new FileState(text, content, null);
  }

  private boolean held(FileState before) {
    Instant since = before.goneSince;
    return !before.content.objects().isEmpty()
        && (since == null || clock.instant().isBefore(since.plus(GONE_HOLD)));
  }

  private FileState hold(FileState before) {
    Instant since = before.goneSince;
    return new FileState(before.text, before.content, since == null ? clock.instant() : since);
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
    ConfigState state = ConfigState.of(objects);
    if (!state.equals(checked)) {
      checked = state;
      overlaps = Overlaps.of(state);
    }
    overlaps.forEach(p -> problems.add(warning(p, owners)));
    return state;
  }

  private ConfigProblem warning(RuleProblem problem, Map<ObjectKey, Path> owners) {
    Path file = owners.get(new ObjectKey(problem.kind(), problem.namespace(), problem.name()));
    return new ConfigProblem(
        file == null ? "" : directory.relativize(file).toString(), false, problem);
  }

  private String twice(ObjectKey key, Path owner) {
    return key + " is in " + directory.relativize(owner) + " too, which holds; remove one of them";
  }

  private List<Path> list(List<ConfigProblem> problems) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> found =
          entries
              .filter(DirectoryReader::isConfiguration)
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
      if (found.size() <= MAX_FILES) {
        return found;
      }
      problems.add(
          problem(
              found.get(MAX_FILES),
              "and what follows it is not read: the directory has more than "
                  + MAX_FILES
                  + " files"));
      return found.subList(0, MAX_FILES);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Editors' backups, swap and lock files are no configuration. */
  private static boolean isConfiguration(Path file) {
    String name = file.getFileName().toString();
    boolean hidden = name.startsWith(".") || name.startsWith("#") || name.startsWith("~");
    return !hidden && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes; split it");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private ConfigProblem problem(Path file, String message) {
    return new ConfigProblem(
        directory.relativize(file).toString(),
        true,
        new RuleProblem("", "", "", "", 0, 0, message));
  }
}
