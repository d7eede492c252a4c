package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.kubernetes.MeshSettings;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.RuleStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The kinds of a cluster that are followed: Kubernetes' own always, those of rules while served.
 */
final class KindWatches implements AutoCloseable {

  /** A kind is gone if it was missing so often: a server that starts may not know all yet. */
  static final int MISSES = 3;

  private final KubernetesClient client;
  private final ClusterContent content;
  private final ClusterObjects objects;
  private final ServedKinds served;
  private final Map<String, KindWatch> own = new HashMap<>();
  private final Map<String, KindWatch> rules = new HashMap<>();
  private final Map<String, Integer> misses = new HashMap<>();

  KindWatches(KubernetesClient client, ClusterContent content, RuleStatus status) {
    this.client = client;
    this.content = content;
    objects = new ClusterObjects(content, status, client.getKubernetesSerialization());
    served = new ServedKinds(client);
  }

  /** Follows Kubernetes' own kinds, and the mesh's settings in a namespace. */
  synchronized void start(String namespace, MeshSettings started) {
    own.put(
        "ConfigMap",
        KindWatch.start(
            "ConfigMap",
            "configmaps in " + namespace,
            content,
            client
                .configMaps()
                .inNamespace(namespace)
                .withName(Names.MESH_CONFIG)
                .runnableInformer(0),
            ConfigMap::new,
            objects.settings(started)));
    own(
        "Service",
        "services",
        client.services().inAnyNamespace().withLimit(KindWatch.PAGE).runnableInformer(0),
        Service::new,
        KubernetesObjects::service);
    own(
        "Pod",
        "pods",
        client.pods().inAnyNamespace().withLimit(KindWatch.PAGE).runnableInformer(0),
        Pod::new,
        KubernetesObjects::pod);
    own(
        "EndpointSlice",
        "endpointslices.discovery.k8s.io",
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inAnyNamespace()
            .withLimit(KindWatch.PAGE)
            .runnableInformer(0),
        EndpointSlice::new,
        KubernetesObjects::slice);
  }

  private <T extends HasMetadata> void own(
      String kind,
      String resource,
      SharedIndexInformer<T> informer,
      Supplier<T> empty,
      Function<T, ConfigObject> reading) {
    own.put(
        kind,
        KindWatch.start(
            kind,
            resource,
            content,
            informer,
            empty,
            ClusterObjects.typed(content, kind, reading)));
  }

  /** Follows the kinds of rules that are served now; KubernetesClientException if nobody says. */
  synchronized void look() {
    Map<String, ResourceDefinitionContext> now = served.look();
    now.forEach((name, kind) -> rules.computeIfAbsent(name, added -> rule(kind)));
    misses.keySet().removeAll(now.keySet());
    Set<String> missing = new HashSet<>(rules.keySet());
    missing.removeAll(now.keySet());
    missing.stream()
        .filter(name -> misses.merge(name, 1, Integer::sum) >= MISSES)
        .forEach(this::drop);
  }

  private KindWatch rule(ResourceDefinitionContext kind) {
    return KindWatch.start(
        kind.getKind(),
        kind.getPlural() + "." + kind.getGroup(),
        content,
        client
            .genericKubernetesResources(kind)
            .inAnyNamespace()
            .withLimit(KindWatch.PAGE)
            .runnableInformer(0),
        GenericKubernetesResource::new,
        objects.rules(kind));
  }

  private void drop(String name) {
    KindWatch gone = rules.remove(name);
    misses.remove(name);
    if (gone != null) {
      gone.close();
      content.removeKind(gone.kind());
    }
  }

  /** What was not read once yet, as RBAC names it. */
  synchronized List<String> unread() {
    return all().filter(watch -> !watch.isSynced()).map(KindWatch::resource).sorted().toList();
  }

  /** Takes back what was said of kinds that can be read again. */
  synchronized void tellHealth() {
    all().forEach(KindWatch::tellHealth);
  }

  private Stream<KindWatch> all() {
    return Stream.concat(own.values().stream(), rules.values().stream());
  }

  @Override
  public synchronized void close() {
    all().forEach(KindWatch::close);
  }
}
