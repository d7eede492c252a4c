package dev.heddle.control.serve;

import dev.heddle.api.v1.NodePod;
import dev.heddle.api.v1.NodePods;
import dev.heddle.control.config.ConfigObject.PodObject;
import java.util.List;

/** The pods of a node as its daemon is told of them. */
final class NodePodsMessage {

  private NodePodsMessage() {}

  static NodePods of(List<PodObject> pods) {
    return NodePods.newBuilder()
        .addAllPods(pods.stream().map(NodePodsMessage::of).toList())
        .build();
  }

  private static NodePod of(PodObject pod) {
    return NodePod.newBuilder()
        .setNamespace(pod.key().namespace())
        .setName(pod.key().name())
        .setServiceAccount(pod.serviceAccount())
        .putAllLabels(pod.labels())
        .addAllAddresses(pod.addresses())
        .addAllProbes(pod.probes())
        .build();
  }
}
