package dev.heddle.node.admin;

import dev.heddle.node.capture.CaptureCounts;
import java.util.function.LongSupplier;

/** What capture counts, by its names in Prometheus. */
public final class CaptureMetrics {

  private CaptureMetrics() {}

  /**
   * Adds them.
   *
   * @param pods how many there are
   */
  public static void register(CaptureCounts counts, LongSupplier pods, Counters counters) {
    counters.gauge("heddle_node_pods", "Captured pods", pods);
    counters.gauge(
        "heddle_node_connections_open", "Captured connections that are open", counts::open);
    counters.add(
        "heddle_node_connections", "Captured connections that were taken", counts::accepted);
    counters.add(
        "heddle_node_connections_shed",
        "Times that there were too many captured connections and one was reset",
        counts::shed);
    counters.add(
        "heddle_node_connections_not_redirected",
        "Connections to a listener itself, which were closed",
        counts::notRedirected);
    counters.add("heddle_node_pods_captured", "Pods that were taken over", counts::captured);
    counters.add("heddle_node_pods_refused", "Hand-overs that came to nothing", counts::refused);
  }
}
