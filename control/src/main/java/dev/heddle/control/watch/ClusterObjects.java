package dev.heddle.control.watch;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.kubernetes.MeshSettings;
import dev.heddle.control.kubernetes.RuleStatus;
import dev.heddle.control.kubernetes.RuleVerdict;
import dev.heddle.rules.Rule;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Takes objects as an API server sends them into the content, as our records and nothing else. */
final class ClusterObjects {

  /** What kubectl apply keeps of an object inside it, once more. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** The kinds that are ours to judge; others are another program's. */
  private static final Set<String> KINDS =
      Arrays.stream(Rule.class.getPermittedSubclasses())
          .map(Class::getSimpleName)
          .collect(toUnmodifiableSet());

  private final ClusterContent content;
  private final RuleStatus status;
  private final KubernetesSerialization json;
  private final RuleParser parser = new RuleParser();
  private final KubernetesObjects kubernetes = new KubernetesObjects();

  ClusterObjects(ClusterContent content, RuleStatus status, KubernetesSerialization json) {
    this.content = content;
    this.status = status;
    this.json = json;
  }

  /** Of a kind of Kubernetes' own. */
  static <T extends HasMetadata> FeedingStore.Sink<T> typed(
      ClusterContent content, String kind, Function<T, ConfigObject> reading) {
    return new FeedingStore.Sink<>() {
      @Override
      public void put(T object) {
        ObjectKey key = key(kind, object.getMetadata());
        content.update(key, before -> read(key, before, () -> reading.apply(object)));
      }

      @Override
      public void remove(String namespace, String name) {
        content.remove(new ObjectKey(kind, namespace, name));
      }
    };
  }

  private interface Reading {
    ConfigObject read();
  }

  private static FileContent read(ObjectKey key, FileContent before, Reading reading) {
    try {
      return new FileContent(Map.of(key, reading.read()), List.of(), List.of());
    } catch (RuntimeException e) {
      // The API server checks more than this; what it lets through must not end the watch.
      RuleProblem problem =
          new RuleProblem(
              key.kind(), key.namespace(), key.name(), "", 0, 0, String.valueOf(e.getMessage()));
      return new FileContent(before.objects(), List.of(problem), List.of());
    }
  }

  /** Of the one object that holds the mesh's settings. */
  FeedingStore.Sink<ConfigMap> settings(MeshSettings started) {
    return new FeedingStore.Sink<>() {
      @Override
      public void put(ConfigMap object) {
        content.settings(MeshSettings.of(object, json).since(started));
      }

      @Override
      public void remove(String namespace, String name) {
        content.settings(MeshSettings.NONE.since(started));
      }
    };
  }

  /** Of a kind of rules. */
  FeedingStore.Sink<GenericKubernetesResource> rules(ResourceDefinitionContext of) {
    String kind = of.getKind();
    return new FeedingStore.Sink<>() {
      @Override
      public void put(GenericKubernetesResource object) {
        List<Map<String, Object>> seen = conditions(object);
        String text = text(object);
        ObjectKey key = key(kind, object.getMetadata());
        FileContent now =
            content.update(key, before -> unplaced(before.updated(text, parser, kubernetes)));
        if (KINDS.contains(kind)) {
          status.judged(verdict(of, object.getMetadata(), now, seen));
        }
      }

      @Override
      public void remove(String namespace, String name) {
        content.remove(new ObjectKey(kind, namespace, name));
        status.removed(kind, namespace, name);
      }
    };
  }

  private static RuleVerdict verdict(
      ResourceDefinitionContext of,
      ObjectMeta metadata,
      FileContent now,
      List<Map<String, Object>> seen) {
    return new RuleVerdict(
        of.getGroup() + "/" + of.getVersion(),
        of.getKind(),
        of.getPlural(),
        metadata.getNamespace(),
        metadata.getName(),
        Objects.requireNonNullElse(metadata.getGeneration(), 0L),
        sentences(now.errors()),
        sentences(now.warnings()),
        !now.objects().isEmpty(),
        seen);
  }

  private static List<String> sentences(List<RuleProblem> problems) {
    return problems.stream().map(p -> (p.path() + " " + p.message()).strip()).toList();
  }

  private static List<Map<String, Object>> conditions(GenericKubernetesResource object) {
    Object conditions = object.get("status", "conditions");
    if (!(conditions instanceof List<?> list)) {
      return List.of();
    }
    List<Map<String, Object>> read = new ArrayList<>();
    for (Object condition : list) {
      if (condition instanceof Map<?, ?> fields) {
        Map<String, Object> texts = new HashMap<>();
        fields.forEach((name, value) -> texts.put(String.valueOf(name), value));
        read.add(texts);
      }
    }
    return read;
  }

  /** JSON is YAML. What other programs keep in the object is no part of the rule. */
  private String text(GenericKubernetesResource object) {
    object.getMetadata().setManagedFields(List.of());
    if (object.getMetadata().getAnnotations() != null) {
      object.getMetadata().getAnnotations().remove(LAST_APPLIED);
    }
    object.getAdditionalProperties().remove("status");
    return json.asJson(object);
  }

  /** Lines and columns of our JSON would tell nobody anything. */
  private static FileContent unplaced(FileContent content) {
    return new FileContent(
        content.objects(), unplaced(content.errors()), unplaced(content.warnings()));
  }

  private static List<RuleProblem> unplaced(List<RuleProblem> problems) {
    return problems.stream()
        .map(p -> new RuleProblem(p.kind(), p.namespace(), p.name(), p.path(), 0, 0, p.message()))
        .toList();
  }

  private static ObjectKey key(String kind, ObjectMeta metadata) {
    return new ObjectKey(kind, metadata.getNamespace(), metadata.getName());
  }
}
