package dev.heddle.control.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.identity.SpiffeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which pods run on which node, and as whom. */
final class NodePods {

  private record Hosted(String node, String namespace, String serviceAccount) {}

  private final Map<String, List<PodObject>> byNode;
  private final Set<Hosted> hosted;

  NodePods(ConfigState state) {
    byNode = placed(state).collect(groupingBy(PodObject::node));
    hosted =
        placed(state)
            .map(pod -> new Hosted(pod.node(), pod.key().namespace(), pod.serviceAccount()))
            .collect(toUnmodifiableSet());
  }

  private static Stream<PodObject> placed(ConfigState state) {
    return state.all(PodObject.class).filter(pod -> !pod.node().isEmpty());
  }

  List<PodObject> of(String node) {
    return byNode.getOrDefault(node, List.of());
  }

  boolean host(String node, SpiffeId identity) {
    return hosted.contains(new Hosted(node, identity.namespace(), identity.serviceAccount()));
  }
}
