package dev.heddle.control.watch;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which kinds of rules a cluster serves, by discovery: any of them may be absent, and may come or
 * go with its CustomResourceDefinition.
 */
final class ServedKinds {

  /** The versions of a group, in the order of preference; all hold the same objects. */
  private static final Map<String, List<String>> GROUPS = groups();

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("networking.istio.io", List.of("v1", "v1beta1", "v1alpha3"));
    groups.put("security.istio.io", List.of("v1", "v1beta1"));
    groups.put("telemetry.istio.io", List.of("v1", "v1alpha1"));
    groups.put("extensions.istio.io", List.of("v1alpha1"));
    groups.put("gateway.networking.k8s.io", List.of("v1", "v1beta1", "v1alpha2"));
    return groups;
  }

  private final KubernetesClient client;

  ServedKinds(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The kinds that can be watched now, each in its preferred version, by {@code group/Kind}.
   * KubernetesClientException if the server does not say.
   */
  Map<String, ResourceDefinitionContext> look() {
    Map<String, ResourceDefinitionContext> kinds = new LinkedHashMap<>();
    GROUPS.forEach(
        (group, versions) -> {
          if (client.getApiGroup(group) != null) {
            versions.forEach(version -> look(group, version, kinds));
          }
        });
    return kinds;
  }

  private void look(String group, String version, Map<String, ResourceDefinitionContext> kinds) {
    APIResourceList served = client.getApiResources(group + "/" + version);
    if (served == null) {
      return;
    }
    for (APIResource resource : served.getResources()) {
      if (isWatched(resource)) {
        kinds.putIfAbsent(group + "/" + resource.getKind(), context(group, version, resource));
      }
    }
  }

  /** Subresources have a slash in their names; kinds of the whole cluster configure gateways. */
  private static boolean isWatched(APIResource resource) {
    return Boolean.TRUE.equals(resource.getNamespaced())
        && !resource.getName().contains("/")
        && resource.getVerbs().containsAll(List.of("list", "watch"));
  }

  private static ResourceDefinitionContext context(
      String group, String version, APIResource resource) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(resource.getKind())
        .withPlural(resource.getName())
        .withNamespaced(true)
        .build();
  }
}
