package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.Discovery;
import dev.heddle.agent.core.call.CallMetrics;
import dev.heddle.agent.core.install.Hooks;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.Router;
import java.util.function.Supplier;

/** {@code /metrics}, in Prometheus' text format 0.0.4. */
final class MetricsPage implements Supplier<String> {

  private final Hooks hooks;
  private final Discovery discovery;
  private final Router router;
  private final CallMetrics metrics;
  private final Supplier<String> others;

  /** others gives the lines of further metrics, or none. */
  MetricsPage(
      Hooks hooks,
      Discovery discovery,
      Router router,
      CallMetrics metrics,
      Supplier<String> others) {
    this.hooks = hooks;
    this.discovery = discovery;
    this.router = router;
    this.metrics = metrics;
    this.others = others;
  }

  @Override
  public String get() {
    StringBuilder text = new StringBuilder(metrics.text());
    append(
        text,
        "counter",
        "heddle_ejections_total",
        "Endpoints left out by outlier detection",
        ejections());
    append(
        text,
        "gauge",
        "heddle_hooks_failed",
        "Hooked classes that could not be woven; /hooks says why",
        hooks.failures());
    append(
        text,
        "gauge",
        "heddle_control_connected",
        "Whether the control service answers",
        discovery.isConnected() ? 1 : 0);
    return text.append(others.get()).toString();
  }

  private long ejections() {
    long ejections = 0;
    for (ClusterState cluster : router.clusters().values()) {
      ejections += cluster.ejections();
    }
    return ejections;
  }

  private static void append(
      StringBuilder text, String type, String name, String help, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append(name).append(' ').append(value).append('\n');
  }
}
