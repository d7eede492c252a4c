package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for pods. */
public final class Injector {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.admission");

  private final Injection injection;
  private final Function<String, Map<String, String>> namespaceLabels;
  private final AdmissionEvents events;

  /**
   * Injects as the settings say.
   *
   * @param namespaceLabels labels of a namespace by its name
   */
  public Injector(
      InjectionSettings settings,
      Function<String, Map<String, String>> namespaceLabels,
      AdmissionEvents events) {
    this.injection = new Injection(settings);
    this.namespaceLabels = namespaceLabels;
    this.events = events;
  }

  AdmissionAnswer review(AdmissionRequest request) {
    boolean isNewPod =
        request.operation().equals("CREATE")
            && request.object().path("kind").asText().equals("Pod");
    if (!isNewPod) {
      return AdmissionAnswer.allow(List.of());
    }
    Injection.Outcome outcome =
        injection.of(
            request.object(), request.namespace(), namespaceLabels.apply(request.namespace()));
    events.pod(outcome.mode());
    LOG.debug("pod {}: mode {}, {}", name(request), outcome.mode(), outcome.reason());
    return AdmissionAnswer.change(outcome.patch(), outcome.warnings());
  }

  private static String name(AdmissionRequest request) {
    JsonNode metadata = request.object().path("metadata");
    String name = metadata.path("name").asText(metadata.path("generateName").asText());
    return request.namespace() + "/" + name;
  }
}
