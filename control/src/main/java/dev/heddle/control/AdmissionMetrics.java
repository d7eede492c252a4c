package dev.heddle.control;

import dev.heddle.control.admission.AdmissionEvents;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the webhooks count. */
final class AdmissionMetrics implements AdmissionEvents {

  private final Counter pods;
  private final Counter rules;
  private final Counter failed;
  private final Histogram took;

  AdmissionMetrics(PrometheusRegistry registry) {
    pods =
        Counter.builder()
            .name("heddle_control_admission_pods_total")
            .help("Pods that the API server asked about, by the mode in which they were injected")
            .labelNames("mode")
            .register(registry);
    rules =
        Counter.builder()
            .name("heddle_control_admission_rules_total")
            .help("Rules that the API server asked about, by the answer")
            .labelNames("allowed")
            .register(registry);
    failed =
        Counter.builder()
            .name("heddle_control_admission_failed_total")
            .help("Requests that were no AdmissionReview or could not be answered")
            .register(registry);
    took =
        Histogram.builder()
            .name("heddle_control_admission_seconds")
            .help("Time to answer a request that was read")
            .classicUpperBounds(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.25)
            .classicOnly()
            .register(registry);
  }

  @Override
  public void pod(String mode) {
    pods.labelValues(mode).inc();
  }

  @Override
  public void rule(boolean allowed) {
    rules.labelValues(Boolean.toString(allowed)).inc();
  }

  @Override
  public void failed() {
    failed.inc();
  }

  @Override
  public void took(double seconds) {
    took.observe(seconds);
  }
}
