package dev.heddle.node.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.node.pod.MeshWorkload;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A page with an entry per workload that has pods here, as far as there is room. */
final class EachWorkload {

  /** The rest of an entry. */
  interface Entry {
    void write(JsonGenerator json, MeshWorkload workload) throws IOException;
  }

  private EachWorkload() {}

  static Reply reply(Supplier<? extends Collection<MeshWorkload>> workloads, Entry entry)
      throws IOException {
    List<MeshWorkload> sorted =
        workloads.get().stream()
            .sorted(Comparator.comparing(EachWorkload::name).thenComparing(EachWorkload::labels))
            .toList();
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("workloads");
          int written = 0;
          for (MeshWorkload workload : sorted) {
            if (Reply.isFull(json)) {
              break;
            }
            json.writeStartObject();
            json.writeStringField("identity", name(workload));
            json.writeStringField("labels", labels(workload));
            entry.write(json, workload);
            json.writeEndObject();
            written++;
          }
          json.writeEndArray();
          json.writeNumberField("workloadsLeftOut", sorted.size() - written);
          json.writeEndObject();
        });
  }

  private static String name(MeshWorkload workload) {
    return workload.identity().uri();
  }

  private static String labels(MeshWorkload workload) {
    return new TreeMap<>(workload.source().labels()).toString();
  }
}
