package dev.heddle.control.kubernetes.check;

import dev.heddle.control.kubernetes.Names;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What whoever asks may do. */
final class PermissionChecks {

  private static final String NAME = "permissions";

  private record Needed(String group, String resource, String namespace) {}

  private static final List<Needed> TO_INSTALL =
      List.of(
          new Needed("", "namespaces", ""),
          new Needed("scheduling.k8s.io", "priorityclasses", ""),
          new Needed("apiextensions.k8s.io", "customresourcedefinitions", ""),
          new Needed("rbac.authorization.k8s.io", "clusterroles", ""),
          new Needed("rbac.authorization.k8s.io", "clusterrolebindings", ""),
          new Needed("admissionregistration.k8s.io", "mutatingwebhookconfigurations", ""),
          new Needed("admissionregistration.k8s.io", "validatingwebhookconfigurations", ""),
          new Needed("apps", "deployments", Names.SYSTEM_NAMESPACE),
          new Needed("apps", "daemonsets", Names.SYSTEM_NAMESPACE),
          new Needed("", "serviceaccounts", Names.SYSTEM_NAMESPACE),
          new Needed("", "services", Names.SYSTEM_NAMESPACE),
          new Needed("networking.k8s.io", "networkpolicies", Names.SYSTEM_NAMESPACE));

  private final KubernetesClient client;

  PermissionChecks(KubernetesClient client) {
    this.client = client;
  }

  List<Finding> toInstall() {
    List<String> refused =
        TO_INSTALL.stream()
            .filter(needed -> !isAllowed(needed, "create") || !isAllowed(needed, "patch"))
            .map(
                needed ->
                    needed.resource() + (needed.group().isEmpty() ? "" : "." + needed.group()))
            .toList();
    return List.of(
        refused.isEmpty()
            ? Finding.ok(NAME, "all that install makes may be made")
            : Finding.error(
                NAME,
                "may not create and patch " + String.join(", ", refused),
                "install as a cluster-admin, or have one apply what heddle install --dry-run prints"));
  }

  private boolean isAllowed(Needed needed, String verb) {
    ResourceAttributes asked =
        new ResourceAttributesBuilder()
            .withGroup(needed.group())
            .withResource(needed.resource())
            .withNamespace(needed.namespace())
            .withVerb(verb)
            .build();
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(asked)
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
