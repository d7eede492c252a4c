package dev.heddle.control.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigObject.RuleObject;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.rules.Metadata;
import dev.heddle.rules.Parsed;
import dev.heddle.rules.Rule;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one file contributes: the objects in force and what is wrong with it. A refused object keeps
 * its previous version, a file that is no YAML keeps all it had.
 */
record FileContent(
    Map<ObjectKey, ConfigObject> objects, List<RuleProblem> errors, List<RuleProblem> warnings) {

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
    private final RuleCheck check = new RuleCheck();
    private final Map<ObjectKey, ConfigObject> objects = new LinkedHashMap<>();
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
        objects.put(key, new RuleObject(key, rule));
        warnings.addAll(accepted.warnings());
      } catch (IllegalArgumentException | ArithmeticException e) {
        keep(key, String.valueOf(e.getMessage()), 0);
      }
    }

    private void foreign(Parsed.Foreign object) {
      try {
        kubernetes.read(object).ifPresent(read -> objects.put(read.key(), read));
      } catch (JsonProcessingException | RuntimeException e) {
        // The models throw whatever a hostile tree provokes; the object is refused with the reason.
        String reason =
            e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
        keep(key(object.kind(), object.metadata()), reason, object.line());
      }
    }

    private void keep(ObjectKey key, String reason, int line) {
      refuse(
          new Parsed.Refused(
              key.kind(),
              key.namespace(),
              key.name(),
              List.of(
                  new RuleProblem(
                      key.kind(),
                      key.namespace(),
                      key.name(),
                      "",
                      line,
                      line == 0 ? 0 : 1,
                      reason))));
    }

    private void refuse(Parsed.Refused refused) {
      errors.addAll(refused.problems());
      if (refused.kind().isEmpty()) {
        before.objects.forEach(objects::putIfAbsent);
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
