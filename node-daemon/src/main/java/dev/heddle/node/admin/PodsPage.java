package dev.heddle.node.admin;

import dev.heddle.node.capture.PodStatus;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** {@code /pods}: who is captured, by name. */
public final class PodsPage implements PageServer.Page {

  private final Supplier<List<PodStatus>> pods;

  public PodsPage(Supplier<List<PodStatus>> pods) {
    this.pods = pods;
  }

  @Override
  public Reply get() throws IOException {
    List<PodStatus> sorted =
        pods.get().stream().sorted(Comparator.comparing(PodStatus::name)).toList();
    return Reply.json(
        json -> {
          json.writeStartArray();
          for (PodStatus pod : sorted) {
            json.writeStartObject();
            json.writeStringField("pod", pod.name());
            json.writeStringField("identity", pod.identity());
            json.writeNumberField("networkNamespace", pod.networkNamespace());
            json.writeStringField("request", pod.request());
            json.writeNumberField("openConnections", pod.openConnections());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
