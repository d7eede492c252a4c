package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.Parsed;
import dev.heddle.rules.RuleParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A folder with a pod, the pod that it becomes, and the namespace where that is a special one. */
record PodShape(Path folder) {

  private static final Path FOLDERS = Path.of("src/test/resources/injection");

  static List<PodShape> all() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders.filter(Files::isDirectory).sorted().map(PodShape::new).toList();
    }
  }

  ObjectNode pod() throws IOException {
    return read(folder.resolve("pod.yaml"));
  }

  ObjectNode expected() throws IOException {
    return read(folder.resolve("expected.yaml"));
  }

  void expect(ObjectNode pod) throws IOException {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(10_000).build();
    Object plain = new ObjectMapper().convertValue(pod, Map.class);
    String yaml = new Dump(settings).dumpToString(plain);
    // Kubernetes reads YAML 1.1, in which this is a boolean.
    Files.writeString(folder.resolve("expected.yaml"), yaml.replaceAll("(?m): off$", ": 'off'"));
  }

  /** Most are in a namespace that takes part. */
  Map<String, String> namespaceLabels() throws IOException {
    Path file = folder.resolve("namespace.yaml");
    if (!Files.exists(file)) {
      return Map.of("istio-injection", "enabled");
    }
    Map<String, String> labels = new HashMap<>();
    read(file)
        .at("/metadata/labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return labels;
  }

  private static ObjectNode read(Path file) throws IOException {
    List<Parsed> parsed = new RuleParser().parse(Files.readString(file));
    return (ObjectNode) ((Parsed.Foreign) parsed.getFirst()).tree();
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
