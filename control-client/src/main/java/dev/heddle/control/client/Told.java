package dev.heddle.control.client;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a listener was told last, so that it hears of changes alone. */
final class Told {

  private final ClientListener listener;
  private Mesh mesh = Mesh.EMPTY;
  private @Nullable TrustBundle trust;
  private @Nullable WorkloadPolicy workload;
  private @Nullable List<NodePod> pods;
  private Map<String, List<String>> names = Collections.emptyMap();

  Told(ClientListener listener) {
    this.listener = listener;
  }

  /** Tells what is held and was not told yet; whether there was any. Trust comes before pods. */
  boolean tell(HeldResources held) {
    boolean any = tellTrust(held.trust().bundle());
    any |= tellWorkload(held.workload().policy());
    any |= tellPods(held.node().pods());
    any |= tellNames(held.names().names());
    any |= tellMesh(held.usable());
    return any;
  }

  private boolean tellTrust(@Nullable TrustBundle next) {
    if (next == null || next.equals(trust)) {
      return false;
    }
    trust = next;
    listener.trustChanged(next);
    return true;
  }

  private boolean tellWorkload(@Nullable WorkloadPolicy next) {
    if (next == null || next.equals(workload)) {
      return false;
    }
    workload = next;
    listener.workloadChanged(next);
    return true;
  }

  private boolean tellPods(@Nullable List<NodePod> next) {
    if (next == null || next.equals(pods)) {
      return false;
    }
    pods = next;
    listener.podsChanged(next);
    return true;
  }

  private boolean tellNames(@Nullable Map<String, List<String>> next) {
    if (next == null || next.equals(names)) {
      return false;
    }
    names = next;
    listener.namesChanged(next);
    return true;
  }

  private boolean tellMesh(Mesh next) {
    if (next.equals(mesh)) {
      return false;
    }
    mesh = next;
    listener.meshChanged(next);
    return true;
  }
}
