package dev.heddle.control.client;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pod as control tells the daemon of its node of it. */
@AutoValue
public abstract class NodePod {

  /** The value of its parts. */
  public static NodePod of(
      String namespace,
      String name,
      String serviceAccount,
      Map<String, String> labels,
      List<String> addresses,
      List<String> probes) {
    return new AutoValue_NodePod(
        namespace,
        name,
        serviceAccount,
        Collections.unmodifiableMap(new LinkedHashMap<>(labels)),
        Collections.unmodifiableList(new ArrayList<>(addresses)),
        Collections.unmodifiableList(new ArrayList<>(probes)));
  }

  /** Its namespace. */
  public abstract String namespace();

  /** Its name. */
  public abstract String name();

  /** As whom it runs. */
  public abstract String serviceAccount();

  /** What rules select it by. */
  public abstract Map<String, String> labels();

  /** Its IP addresses as text, the main one first; none until it has one. */
  public abstract List<String> addresses();

  /** The HTTP probes that it declares, {@code 8080/healthz}. */
  public abstract List<String> probes();
}
