package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigObject.SliceObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.index.Overlaps;
import dev.heddle.control.kubernetes.MeshSettings;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.rules.RuleProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster holds for the mesh, object by object, and what is wrong with each. For any thread.
 * Events that come twice, or of what is not there, change nothing.
 */
final class ClusterContent {

  private final SortedMap<ObjectKey, ConfigObject> objects = new TreeMap<>();

  /** Of the objects that have any. */
  private final SortedMap<ObjectKey, Flaws> flaws = new TreeMap<>();

  /** What cannot be read at all, by kind. */
  private final SortedMap<String, String> failures = new TreeMap<>();

  private static final String MESH_CONFIG = "ConfigMap " + Names.MESH_CONFIG;

  private final Runnable changed;
  private MeshSettings settings = MeshSettings.NONE;
  private boolean rulesChanged = true;
  private List<RuleProblem> overlaps = List.of();

  private record Flaws(List<RuleProblem> errors, List<RuleProblem> warnings) {}

  /** Content that calls this, briefly, after each change. */
  ClusterContent(Runnable changed) {
    this.changed = changed;
  }

  /** Replaces what is known of an object, given what was; what is known now. */
  synchronized FileContent update(ObjectKey key, UnaryOperator<FileContent> reading) {
    ConfigObject inForce = objects.get(key);
    FileContent before =
        inForce == null
            ? FileContent.EMPTY
            : new FileContent(Map.of(key, inForce), List.of(), List.of());
    FileContent now = reading.apply(before);
    ConfigObject next = now.objects().get(key);
    boolean differs = next == null ? objects.remove(key) != null : !next.equals(inForce);
    if (next != null && differs) {
      objects.put(key, next);
    }
    rulesChanged |= differs && !isWorkload(inForce) && !isWorkload(next);
    boolean told = flawed(key, now);
    if (told || differs) {
      changed.run();
    }
    return now;
  }

  private boolean flawed(ObjectKey key, FileContent now) {
    if (now.errors().isEmpty() && now.warnings().isEmpty()) {
      return flaws.remove(key) != null;
    }
    Flaws next = new Flaws(now.errors(), now.warnings());
    return !next.equals(flaws.put(key, next));
  }

  /** These come and go all the time and have no part in what rules say to each other. */
  private static boolean isWorkload(@Nullable ConfigObject object) {
    return object instanceof PodObject || object instanceof SliceObject;
  }

  /** The object is gone. */
  void remove(ObjectKey key) {
    update(key, before -> FileContent.EMPTY);
  }

  /** A kind is no longer served by this cluster: its objects are gone. */
  synchronized void removeKind(String kind) {
    List<ObjectKey> gone = new ArrayList<>();
    objects.keySet().stream().filter(key -> key.kind().equals(kind)).forEach(gone::add);
    flaws.keySet().stream().filter(key -> key.kind().equals(kind)).forEach(gone::add);
    gone.forEach(this::remove);
    recovered(kind);
  }

  /** A kind cannot be read; what was read of it holds. */
  synchronized void failed(String kind, String reason) {
    if (!reason.equals(failures.put(kind, reason))) {
      changed.run();
    }
  }

  /** A kind can be read again. */
  synchronized void recovered(String kind) {
    if (failures.remove(kind) != null) {
      changed.run();
    }
  }

  /** Why kinds cannot be read, by kind. */
  synchronized SortedMap<String, String> failures() {
    return new TreeMap<>(failures);
  }

  /** All of it at this moment. */
  synchronized ConfigSnapshot snapshot() {
    ConfigState state = new ConfigState(objects, settings.options());
    if (rulesChanged) {
      rulesChanged = false;
      overlaps = Overlaps.of(withoutWorkloads());
    }
    List<ConfigProblem> problems = new ArrayList<>();
    settings.problems().forEach(sentence -> problems.add(problem(MESH_CONFIG, sentence)));
    failures.forEach((kind, reason) -> problems.add(problem(kind, reason)));
    flaws.forEach(
        (key, of) -> {
          of.errors.forEach(p -> problems.add(new ConfigProblem(key.toString(), true, p)));
          of.warnings.forEach(p -> problems.add(new ConfigProblem(key.toString(), false, p)));
        });
    overlaps.forEach(p -> problems.add(new ConfigProblem(name(p), false, p)));
    return new ConfigSnapshot(state, List.copyOf(problems));
  }

  /** The mesh's settings are others. */
  synchronized void settings(MeshSettings now) {
    if (!now.equals(settings)) {
      settings = now;
      changed.run();
    }
  }

  private ConfigState withoutWorkloads() {
    Map<ObjectKey, ConfigObject> rules = new HashMap<>(objects);
    rules.values().removeIf(ClusterContent::isWorkload);
    return ConfigState.of(rules);
  }

  private static ConfigProblem problem(String kind, String reason) {
    return new ConfigProblem(kind, true, new RuleProblem("", "", "", "", 0, 0, reason));
  }

  private static String name(RuleProblem problem) {
    return new ObjectKey(problem.kind(), problem.namespace(), problem.name()).toString();
  }
}
