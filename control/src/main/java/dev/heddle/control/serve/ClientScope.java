package dev.heddle.control.serve;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.discovery.Node;
import dev.heddle.control.ca.Caller;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides on what a client may see: where it runs, what selectors see of it, who it is.
 *
 * @param labels as it says; those of its pod hold in their place
 * @param node whose daemon it has proven to be, else empty
 * @param pod which Pod object of its namespace it has proven to be, else empty
 */
public record ClientScope(
    String namespace, Map<String, String> labels, String serviceAccount, String node, String pod) {

  private static final String NONE = "";

  private static final String DEFAULT = "default";

  /** A client that has not said anything of itself. */
  static final ClientScope UNKNOWN = new ClientScope(DEFAULT, Map.of(), DEFAULT, NONE, NONE);

  /** Takes the labels as they are now. */
  public ClientScope {
    labels = Map.copyOf(labels);
  }

  /** What a client says of itself: to be believed where only the machine's own can connect. */
  static ClientScope of(Node node) {
    Map<String, Value> said = node.getMetadata().getFieldsMap();
    return new ClientScope(
        text(said, "NAMESPACE"),
        labels(said.getOrDefault("LABELS", Value.getDefaultInstance()).getStructValue()),
        text(said, "SERVICE_ACCOUNT"),
        NONE,
        NONE);
  }

  /** The same client where it has proven who it is. */
  ClientScope of(Caller proven) {
    return new ClientScope(
        proven.identity().namespace(),
        labels,
        proven.identity().serviceAccount(),
        proven.node(),
        proven.pod());
  }

  /** Whether it is the daemon of this node. */
  boolean isNode(String name) {
    return !name.isEmpty() && name.equals(node);
  }

  /** What all clients of a namespace have in common. */
  ClientScope namespaceOnly() {
    return new ClientScope(namespace, Map.of(), DEFAULT, NONE, NONE);
  }

  /** What all clients of the namespace with these labels have in common. */
  ClientScope selected(Map<String, String> by) {
    return new ClientScope(namespace, by, DEFAULT, NONE, NONE);
  }

  private static String text(Map<String, Value> said, String name) {
    String value = said.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    return value.isEmpty() ? DEFAULT : value;
  }

  private static Map<String, String> labels(Struct said) {
    Map<String, String> labels = new LinkedHashMap<>();
    said.getFieldsMap().forEach((name, value) -> labels.put(name, value.getStringValue()));
    return labels;
  }
}
