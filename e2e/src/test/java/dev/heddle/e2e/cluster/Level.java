package dev.heddle.e2e.cluster;

import java.util.Locale;

/** How much of Kubernetes a test needs. */
public enum Level {
  /**
   * The API server and the controllers: objects, EndpointSlices, tokens, webhooks. There is a node
   * {@code node1}, and nobody who runs its pods.
   */
  API,
  /** Pods run. */
  NODE;

  /** As e2e/cluster/up takes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
