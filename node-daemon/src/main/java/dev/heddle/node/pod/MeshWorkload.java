package dev.heddle.node.pod;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Pods of one namespace, service account and labels: they call, and are called, by the same rules
 * and with the same certificate. All methods answer at once, on any thread.
 */
public interface MeshWorkload {

  /** Its name in the mesh. */
  SpiffeId identity();

  /** What rules may ask about the caller. */
  Source source();

  /** Decides on its calls, of the hosts that are followed. */
  Router router();

  /** What holds for those who call it. */
  WorkloadPolicy policy();

  /** Its certificate and whom it trusts, as they are now. */
  IdentitySource certificates();

  /**
   * What DNS answers for hosts of the mesh, fully qualified and in lower case, {@code
   * *.example.com} for all below.
   */
  default Map<String, List<InetAddress>> names() {
    return Map.of();
  }

  /**
   * Follows a host as the app names it, in lower case; completes once calls to it can be decided,
   * perhaps never. Callers bound their patience.
   */
  CompletableFuture<Void> follow(String host, int port);
}
