package dev.heddle.control;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What control counts. */
final class ControlMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter changes =
      Counter.builder()
          .name("heddle_control_config_changes_total")
          .help("States of the configuration taken into force")
          .register(registry);
  private final Gauge objects =
      Gauge.builder()
          .name("heddle_control_config_objects")
          .help("Objects in force")
          .register(registry);
  private final Gauge problems =
      Gauge.builder()
          .name("heddle_control_config_problems")
          .help("Problems of the configuration by severity")
          .labelNames("severity")
          .register(registry);

  private final AuthorityMetrics authority = new AuthorityMetrics(registry);

  private final AdmissionMetrics admission = new AdmissionMetrics(registry);

  AdmissionMetrics admission() {
    return admission;
  }

  AuthorityMetrics authority() {
    return authority;
  }

  PrometheusRegistry registry() {
    return registry;
  }

  void changed(int objectsInForce, long errors, long warnings) {
    changes.inc();
    objects.set(objectsInForce);
    problems.labelValues("error").set((double) errors);
    problems.labelValues("warning").set((double) warnings);
  }
}
