package dev.heddle.node.capture;

import java.time.Duration;

/**
 * What capture holds at most.
 *
 * @param pods captured at a time; Kubernetes runs 110 on a node by default, some providers 250
 * @param connectionsPerPod accepted from rules at a time, so that no pod takes all of a node
 * @param connections accepted at a time; each may need a second descriptor for its upstream
 * @param handovers under way at a time; more wait in the socket's backlog
 * @param request how long init may take to say what it wants; it does so at once
 * @param registration how long control may take to know a pod that is handed over
 * @param captured how long init may take to put rules in place; its own limit is 300 s
 */
public record CaptureLimits(
    int pods,
    int connectionsPerPod,
    int connections,
    int handovers,
    Duration request,
    Duration registration,
    Duration captured) {

  /** What a node of ordinary size needs, within a number of descriptors. */
  public static CaptureLimits within(long descriptors) {
    int connections = (int) Math.min(200_000, Math.max(64, (descriptors - RESERVED) / 2));
    return new CaptureLimits(
        250,
        Math.min(20_000, connections),
        connections,
        64,
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(305));
  }

  /** Listeners and namespaces of all pods, jars, control, admin pages. */
  private static final int RESERVED = 2_048;
}
