package dev.heddle.control.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigObject.RuleObject;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.control.jwks.InlineKeySets;
import dev.heddle.rules.Metadata;
import dev.heddle.rules.Parsed;
import dev.heddle.rules.Rule;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one file contributes: the objects in force and what is wrong with it. A refused object keeps
 * its previous version, a file that is no YAML keeps all it had.
 */
record FileContent(
    Map<ObjectKey, ConfigObject> objects, List<RuleProblem> errors, List<RuleProblem> warnings) {

  /** Groups whose objects speak to the mesh: none of them is passed over in silence. */
  private static final List<String> MESH_GROUPS =
      List.of("telemetry.istio.io/", "extensions.istio.io/", "gateway.networking.k8s.io/");

  static final FileContent EMPTY = new FileContent(Map.of(), List.of(), List.of());

  /** The content of a new text of the same file. */
  FileContent updated(String text, RuleParser parser, KubernetesObjects kubernetes) {
    Reading reading = new Reading(this, kubernetes);
    for (Parsed document : parser.parse(text)) {
      reading.add(document);
    }
    return reading.content();
  }

  private static final class Reading {
    private final FileContent before;
    private final KubernetesObjects kubernetes;
    private final RuleCheck check = new RuleCheck(new InlineKeySets());
    private final Map<ObjectKey, ConfigObject> objects = new LinkedHashMap<>();
    private final Set<ObjectKey> seen = new HashSet<>();
    private final List<RuleProblem> errors = new ArrayList<>();
    private final List<RuleProblem> warnings = new ArrayList<>();

    Reading(FileContent before, KubernetesObjects kubernetes) {
      this.before = before;
      this.kubernetes = kubernetes;
    }

    void add(Parsed document) {
      switch (document) {
        case Parsed.Accepted accepted -> accept(accepted);
        case Parsed.Foreign foreign -> foreign(foreign);
        case Parsed.Refused refused -> refuse(refused);
      }
    }

    private void accept(Parsed.Accepted accepted) {
      Rule rule = accepted.rule();
      ObjectKey key = key(rule.kind(), rule.metadata());
      try {
        check.check(rule);
        put(new RuleObject(key, rule));
        warnings.addAll(accepted.warnings());
        check.warnings(rule).forEach(reason -> warnings.add(problem(key, reason, 0)));
      } catch (RuntimeException e) {
        // Whatever a rule provokes when it is tried out must not keep others from being read.
        keep(key, String.valueOf(e.getMessage()), 0);
      }
    }

    private void put(ConfigObject object) {
      if (objects.put(object.key(), object) != null && seen.contains(object.key())) {
        errors.add(problem(object.key(), "is in this file twice; the last one holds", 0));
      }
      seen.add(object.key());
    }

    private void foreign(Parsed.Foreign object) {
      ObjectKey key = key(object.kind(), object.metadata());
      if (MESH_GROUPS.stream().anyMatch(object.apiVersion()::startsWith)) {
        warnings.add(problem(key, "is of a kind that is not supported yet", object.line()));
        return;
      }
      try {
        kubernetes.read(object).ifPresent(this::put);
      } catch (JsonProcessingException | RuntimeException e) {
        // The models throw whatever a hostile tree provokes; the object is refused with the reason.
        String reason =
            e instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(e.getMessage());
        keep(key, reason, object.line());
      }
    }

    private void keep(ObjectKey key, String reason, int line) {
      refuse(
          new Parsed.Refused(
              key.kind(), key.namespace(), key.name(), List.of(problem(key, reason, line))));
    }

    private static RuleProblem problem(ObjectKey key, String reason, int line) {
      int column = line == 0 ? 0 : 1;
      return new RuleProblem(key.kind(), key.namespace(), key.name(), "", line, column, reason);
    }

    private void refuse(Parsed.Refused refused) {
      errors.addAll(refused.problems());
      if (refused.kind().isEmpty() || refused.name().isEmpty()) {
        before.objects.forEach(objects::putIfAbsent); // it may be any of them
        return;
      }
      ObjectKey key = new ObjectKey(refused.kind(), refused.namespace(), refused.name());
      ConfigObject inForce = before.objects.get(key);
      if (inForce != null) {
        objects.put(key, inForce);
      }
    }

    private static ObjectKey key(String kind, Metadata metadata) {
      return new ObjectKey(kind, metadata.namespace(), metadata.name());
    }

    FileContent content() {
      return new FileContent(Map.copyOf(objects), List.copyOf(errors), List.copyOf(warnings));
    }
  }
}
