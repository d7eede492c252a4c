package dev.heddle.control.client;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.List;
import java.util.Map;

/** Hears of what a client learns, on its thread; must not block. */
public interface ClientListener {

  /** The mesh as it is held now. */
  void meshChanged(Mesh mesh);

  /** Whom the mesh trusts now; told to clients over TLS only. */
  default void trustChanged(TrustBundle trust) {}

  /** What this process must hold to be called; told once it is known, and when it changes. */
  default void workloadChanged(WorkloadPolicy policy) {}

  /** The pods of the node that is followed; told once they are known, and when they change. */
  default void podsChanged(List<NodePod> pods) {}

  /** What DNS answers for hosts of the mesh, IP addresses by host; told where it is followed. */
  default void namesChanged(Map<String, List<String>> names) {}

  /** A stream to the control service was opened and answered. */
  void connected();

  /** The stream ended; what is held stays. Told once for each time it was connected. */
  void disconnected(String reason);

  /** A resource was refused; the version before stays. */
  void rejected(String reason);

  /** The client itself failed: a bug, or a library that lacks something; what is held stays. */
  void failed(Throwable failure);

  /** The file of the last good configuration could not be read or written; nothing else changes. */
  void stateFileUnusable(String reason);
}
