package dev.heddle.control.client;

import com.google.auto.value.AutoValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.discovery.Node;
import java.util.Map;

/** Who this client says it is. */
@AutoValue
public abstract class ClientIdentity {

  /** The value of its parts. */
  public static ClientIdentity of(
      String workload,
      String namespace,
      String serviceAccount,
      Map<String, String> labels,
      String version) {
    return new AutoValue_ClientIdentity(workload, namespace, serviceAccount, labels, version);
  }

  /** Name of the workload instance, for people who look at control's debug pages. */
  public abstract String workload();

  /** Namespace, which decides on what is seen. */
  public abstract String namespace();

  /** Service account. */
  public abstract String serviceAccount();

  /** Labels of the workload. */
  public abstract Map<String, String> labels();

  /** Version of this program. */
  public abstract String version();

  final Node node() {
    Struct.Builder labels = Struct.newBuilder();
    labels().forEach((name, value) -> labels.putFields(name, text(value)));
    Struct metadata =
        Struct.newBuilder()
            .putFields("NAMESPACE", text(namespace()))
            .putFields("SERVICE_ACCOUNT", text(serviceAccount()))
            .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
            .putFields("VERSION", text(version()))
            .build();
    return Node.newBuilder().setId(workload()).setMetadata(metadata).build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
