package dev.heddle.control.kubernetes.install;

import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Names;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** How far control and the node daemon have come. */
public final class Rollout {

  private final KubernetesClient client;
  private final String namespace = Names.SYSTEM_NAMESPACE;

  /** Asks the cluster at the other end. */
  public Rollout(Connection connection) {
    this(connection.client());
  }

  /** Asks through a client that somebody else closes. */
  public Rollout(KubernetesClient client) {
    this.client = client;
  }

  /** What is not there yet, a few words each; empty when all is. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    Deployment control =
        client.apps().deployments().inNamespace(namespace).withName(Names.CONTROL).get();
    if (control == null) {
      missing.add("control: no Deployment");
    } else {
      ofControl(control, missing);
    }
    DaemonSet node = client.apps().daemonSets().inNamespace(namespace).withName(Names.NODE).get();
    if (node != null) {
      ofNodes(node, missing);
    }
    return missing;
  }

  /** Why pods do not start, as the kubelet says. */
  public List<String> reasons() {
    TreeSet<String> reasons = new TreeSet<>();
    for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
      for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
        if (status.getState().getWaiting() != null) {
          String message =
              Objects.requireNonNullElse(status.getState().getWaiting().getMessage(), "");
          reasons.add(
              pod.getMetadata().getName()
                  + ": "
                  + status.getState().getWaiting().getReason()
                  + (message.isEmpty() ? "" : ", " + message));
        }
      }
      pod.getStatus().getConditions().stream()
          .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
          .forEach(c -> reasons.add(pod.getMetadata().getName() + ": " + c.getMessage()));
    }
    return List.copyOf(reasons);
  }

  private static void ofControl(Deployment control, List<String> missing) {
    DeploymentStatus status = control.getStatus();
    int wanted = control.getSpec().getReplicas();
    boolean seen = isCurrent(status.getObservedGeneration(), control.getMetadata().getGeneration());
    int updated = seen ? orZero(status.getUpdatedReplicas()) : 0;
    int available = Math.min(updated, orZero(status.getAvailableReplicas()));
    if (available < wanted || orZero(status.getReplicas()) > wanted) {
      missing.add("control " + available + " of " + wanted);
    }
  }

  private static void ofNodes(DaemonSet node, List<String> missing) {
    DaemonSetStatus status = node.getStatus();
    boolean seen = isCurrent(status.getObservedGeneration(), node.getMetadata().getGeneration());
    int wanted = orZero(status.getDesiredNumberScheduled());
    int updated = seen ? orZero(status.getUpdatedNumberScheduled()) : 0;
    int available = Math.min(updated, orZero(status.getNumberAvailable()));
    if (!seen || available < wanted) {
      missing.add("node daemon " + available + " of " + wanted);
    }
  }

  private static boolean isCurrent(Long observed, Long generation) {
    return observed != null && observed >= generation;
  }

  private static int orZero(Integer count) {
    return count == null ? 0 : count;
  }
}
