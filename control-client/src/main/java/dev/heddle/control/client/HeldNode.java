package dev.heddle.control.client;

import dev.heddle.api.v1.NodePods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pods of a node, for its daemon; what was told last holds. */
final class HeldNode {

  private @Nullable String followed;
  private final Map<String, List<NodePod>> told = new HashMap<>();

  /** Asks about the pods of the node of this name. */
  void follow(String name) {
    followed = name;
  }

  Set<String> followed() {
    return followed == null ? Collections.emptySet() : Collections.singleton(followed);
  }

  void take(String name, NodePods message) {
    List<NodePod> pods = new ArrayList<>();
    for (dev.heddle.api.v1.NodePod pod : message.getPodsList()) {
      pods.add(
          NodePod.of(
              pod.getNamespace(),
              pod.getName(),
              pod.getServiceAccount(),
              pod.getLabelsMap(),
              pod.getAddressesList(),
              pod.getProbesList()));
    }
    told.put(name, Collections.unmodifiableList(pods));
  }

  /** Takes over what a file held; it may be of another node. */
  void adopt(HeldNode file) {
    told.putAll(file.told);
  }

  /** The pods of the node that is followed; null: nothing was told yet. */
  @Nullable List<NodePod> pods() {
    return followed == null ? null : told.get(followed);
  }
}
