package dev.heddle.control.kubernetes.check;

import dev.heddle.control.kubernetes.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether the API server asks control, and gets an answer. */
final class WebhookChecks {

  private static final String REGISTERED = "webhooks";
  private static final String REACHED = "injection";
  private static final String INJECTED = "heddle.dev/injected";
  private static final String WHERE = "default";

  private final KubernetesClient client;

  WebhookChecks(KubernetesClient client) {
    this.client = client;
  }

  List<Finding> registered() {
    MutatingWebhookConfiguration injector =
        client
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName(Names.INJECTOR)
            .get();
    ValidatingWebhookConfiguration validator =
        client
            .admissionRegistration()
            .v1()
            .validatingWebhookConfigurations()
            .withName(Names.VALIDATOR)
            .get();
    List<Finding> found = new ArrayList<>();
    found.add(
        injector == null
            ? absent(Names.INJECTOR, "no pod comes into the mesh")
            : bundle(
                Names.INJECTOR, injector.getWebhooks().stream().map(w -> w.getClientConfig())));
    found.add(
        validator == null
            ? absent(Names.VALIDATOR, "a wrong rule is refused when control reads it, not before")
            : bundle(
                Names.VALIDATOR, validator.getWebhooks().stream().map(w -> w.getClientConfig())));
    return found;
  }

  private static Finding absent(String name, String means) {
    return Finding.error(REGISTERED, name + " is not there: " + means, "heddle install");
  }

  private Finding bundle(String name, Stream<WebhookClientConfig> webhooks) {
    String roots = roots();
    boolean same =
        webhooks.allMatch(
            webhook ->
                decoded(Objects.requireNonNullElse(webhook.getCaBundle(), "")).equals(roots));
    return same && !roots.isEmpty()
        ? Finding.ok(REGISTERED, name + " has the roots of the mesh")
        : Finding.error(
            REGISTERED,
            name + " has not the roots that control has: the API server refuses its certificate",
            "control writes them within seconds of its start: look at its log");
  }

  /** Has a pod made that the webhook is to see, without it being made. */
  List<Finding> reachable() {
    Pod asked =
        new PodBuilder()
            .withNewMetadata()
            .withGenerateName("heddle-check-")
            .withNamespace(WHERE)
            .withLabels(Map.of("heddle.dev/inject", "true"))
            .withAnnotations(Map.of("heddle.dev/mode", "agent"))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("java")
            .withImage("heddle.test/none")
            .endContainer()
            .endSpec()
            .build();
    try {
      Pod made = client.pods().inNamespace(WHERE).resource(asked).dryRun().create();
      Map<String, String> annotations = made.getMetadata().getAnnotations();
      return List.of(
          annotations != null && annotations.containsKey(INJECTED)
              ? Finding.ok(REACHED, "a pod that is labelled is put into the mesh")
              : Finding.error(
                  REACHED,
                  "a pod that is labelled is made as it was, outside of the mesh",
                  "see that namespace "
                      + WHERE
                      + " has no label against it, and look at control's log"));
    } catch (KubernetesClientException e) {
      String said = Checks.said(e);
      return List.of(
          said.contains("failed calling webhook")
              ? Finding.error(
                  REACHED,
                  said,
                  "control must run, and the API server reach port 15017 of its pods: firewalls,"
                      + " network policies, private clusters")
              : Finding.warning(
                  REACHED, "could not be tried: " + said, "try it with a pod of yours"));
    }
  }

  private String roots() {
    ConfigMap map =
        client.configMaps().inNamespace(Names.SYSTEM_NAMESPACE).withName(Names.TRUST_BUNDLE).get();
    return map == null || map.getData() == null
        ? ""
        : map.getData().getOrDefault(Names.TRUST_BUNDLE_KEY, "");
  }

  private static String decoded(String base64) {
    return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.US_ASCII);
  }
}
