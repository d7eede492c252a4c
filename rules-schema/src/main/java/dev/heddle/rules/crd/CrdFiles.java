package dev.heddle.rules.crd;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.RuleKind;
import dev.heddle.rules.RuleKinds;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The files of {@code k8s/crds}: one for each kind, and the kustomization that names them. */
final class CrdFiles {

  private static final String HEAD =
      "# Made from the records of dev.heddle.rules; rules-schema's CrdFilesTest says how.\n";

  private final Crd crds = new Crd();
  private final ObjectMapper json = new JsonMapper();
  private final Dump yaml =
      new Dump(
          DumpSettings.builder()
              .setDefaultFlowStyle(FlowStyle.BLOCK)
              .setIndicatorIndent(0)
              .setWidth(120)
              .build());

  /** The text of each file by its name. */
  Map<String, String> all() {
    Map<String, String> files = new TreeMap<>();
    for (RuleKind<?> kind : RuleKinds.all()) {
      files.put(Crd.name(kind) + ".yaml", text(crds.of(kind)));
    }
    files.put("kustomization.yaml", text(kustomization(files)));
    return files;
  }

  private ObjectNode kustomization(Map<String, String> files) {
    ObjectNode kustomization = json.createObjectNode();
    kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    kustomization.put("kind", "Kustomization");
    files.keySet().forEach(kustomization.putArray("resources")::add);
    return kustomization;
  }

  private String text(ObjectNode object) {
    return HEAD
        + yaml.dumpToString(json.convertValue(object, new TypeReference<Map<String, Object>>() {}));
  }
}
