package dev.heddle.control.kubernetes.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Puts the mesh into a cluster and takes it out again. */
public final class Installation {

  /** Who owns the fields, to the API server. */
  private static final String MANAGER = "heddle-install";

  private static final String PART_OF = "app.kubernetes.io/part-of";
  private static final String OURS = "heddle";
  private static final String CRD = "CustomResourceDefinition";

  /** First to go, for the API server asks them and control is about to end. */
  private static final Set<String> WEBHOOKS =
      Set.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

  /** What the webhook leaves at a pod that it put into the mesh. */
  private static final String INJECTED = "heddle.dev/injected";

  /** What control makes in each namespace, and what stands for the defaults of Java's options. */
  private static final List<String> BUNDLES = List.of(Names.TRUST_BUNDLE, "heddle-java-options");

  /** Pods are given 30 s, then they are killed. */
  private static final long ENDING_SECONDS = 120;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final Consumer<String> progress;

  /**
   * Makes one that does not close the connection.
   *
   * @param progress told one line for each step
   */
  public Installation(Connection connection, Consumer<String> progress) {
    this.client = connection.client();
    this.progress = progress;
  }

  /** Applies all objects; of kinds of rules that another mesh brought nothing is changed. */
  public void apply(Manifests manifests) throws IOException {
    for (HasMetadata object : objects(manifests)) {
      String name = name(object);
      if (object.getKind().equals(CRD) && isAnothers(object)) {
        progress.accept(name + " is of another mesh and stays as it is");
        continue;
      }
      client.resource(object).fieldManager(MANAGER).forceConflicts().serverSideApply();
      progress.accept(name + " applied");
    }
  }

  /**
   * Pods that were put into the mesh and run; those of the node daemon lose their network with it.
   */
  public List<String> meshPods() {
    return client.pods().inAnyNamespace().list().getItems().stream()
        .filter(
            pod ->
                pod.getMetadata().getAnnotations() != null
                    && pod.getMetadata().getAnnotations().containsKey(INJECTED))
        .map(pod -> pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName())
        .toList();
  }

  /**
   * Deletes what {@link #apply} made, and what control made of it.
   *
   * @param ruleKinds whether the CRDs too, and with them all rules
   */
  public void delete(Manifests manifests, boolean ruleKinds) throws IOException {
    List<HasMetadata> objects = new ArrayList<>(objects(manifests).reversed());
    objects.sort((a, b) -> Boolean.compare(isWebhook(b), isWebhook(a)));
    for (HasMetadata object : objects) {
      if (object.getKind().equals(CRD) && (!ruleKinds || isAnothers(object))) {
        continue;
      }
      if (!client.resource(object).delete().isEmpty()) {
        progress.accept(name(object) + " deleted");
      }
    }
    awaitTheEndOfControl();
    for (String bundle : BUNDLES) {
      client
          .configMaps()
          .inAnyNamespace()
          .withField("metadata.name", bundle)
          .resources()
          .forEach(map -> map.delete());
      progress.accept("ConfigMap " + bundle + " deleted in all namespaces");
    }
  }

  /** It would make the bundles anew. */
  private void awaitTheEndOfControl() {
    progress.accept("waiting until namespace " + Names.SYSTEM_NAMESPACE + " is gone");
    client
        .namespaces()
        .withName(Names.SYSTEM_NAMESPACE)
        .waitUntilCondition(Objects::isNull, ENDING_SECONDS, TimeUnit.SECONDS);
  }

  private boolean isAnothers(HasMetadata object) {
    HasMetadata found = client.resource(object).get();
    Map<String, String> labels = found == null ? null : found.getMetadata().getLabels();
    return found != null && (labels == null || !OURS.equals(labels.get(PART_OF)));
  }

  private static boolean isWebhook(HasMetadata object) {
    return WEBHOOKS.contains(object.getKind());
  }

  private static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private static List<HasMetadata> objects(Manifests manifests) {
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode node : manifests.objects()) {
      objects.add(JSON.convertValue(node, GenericKubernetesResource.class));
    }
    return objects;
  }
}
