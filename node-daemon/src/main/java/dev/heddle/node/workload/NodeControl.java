package dev.heddle.node.workload;

import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.NodePod;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.snapshot.Mesh;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The control service as this daemon uses it: which pods are here, and what holds for each. */
public final class NodeControl implements AutoCloseable {

  /** Control knows node daemons by this name and their tokens. */
  private static final String NAMESPACE = "heddle-system";

  private static final String SERVICE_ACCOUNT = "heddle-node";

  private final NodeIdentity identity;
  private final NodePods pods;
  private final Workloads workloads;
  private final DiscoveryClient discovery;

  private NodeControl(ControlSettings settings, MeshLog log, RandomSource random) {
    StateDirectories state = new StateDirectories(settings.state(), log);
    identity = new NodeIdentity(settings, log, random);
    pods = new NodePods(log);
    workloads = new Workloads(identity, state, log);
    discovery =
        new DiscoveryClient(
            identity.control(),
            ClientIdentity.of(
                settings.node(), NAMESPACE, SERVICE_ACCOUNT, Map.of(), settings.version()),
            state.node(),
            random,
            new Learned("node " + settings.node(), log));
    discovery.followNode(settings.node());
  }

  /** Returns at once; what is on disk is held first, then what control says. */
  public static NodeControl start(ControlSettings settings, MeshLog log, RandomSource random) {
    NodeControl control = new NodeControl(settings, log, random);
    control.discovery.start();
    control.identity.start();
    return control;
  }

  /** The pods of this node. */
  public NodePods pods() {
    return pods;
  }

  /** What they are in the mesh. */
  public Workloads workloads() {
    return workloads;
  }

  /** Nothing is asked any more, and no key is held. */
  @Override
  public void close() {
    discovery.close();
    workloads.close();
    identity.close();
  }

  private final class Learned extends DiscoveryLog {

    Learned(String who, MeshLog log) {
      super(who, log);
    }

    @Override
    public void meshChanged(Mesh mesh) {} // the node itself calls nobody

    @Override
    public void trustChanged(TrustBundle trust) {
      identity.trusts(trust);
    }

    @Override
    public void podsChanged(List<NodePod> told) {
      pods.use(told);
      workloads.retainState(
          pods.all().stream().map(WorkloadKey::of).collect(Collectors.toUnmodifiableSet()));
    }
  }
}
