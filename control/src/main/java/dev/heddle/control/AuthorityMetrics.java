package dev.heddle.control;

import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.Refusal;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;

/** What the authority counts. */
final class AuthorityMetrics implements CaEvents {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Histogram signing;
  private final Counter refused;
  private final Gauge rootExpiry;
  private final Counter unusable;

  AuthorityMetrics(PrometheusRegistry registry) {
    signing =
        Histogram.builder()
            .name("heddle_control_ca_signing_seconds")
            .help("Time to check a request and sign its certificate; its count is what was issued")
            .classicUpperBounds(0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25)
            .classicOnly()
            .register(registry);
    refused =
        Counter.builder()
            .name("heddle_control_ca_refused_total")
            .help("Callers not believed and requests not signed, by reason")
            .labelNames("reason")
            .register(registry);
    rootExpiry =
        Gauge.builder()
            .name("heddle_control_ca_root_expiry_timestamp_seconds")
            .help("When the first of the trusted roots expires, seconds since 1970")
            .register(registry);
    unusable =
        Counter.builder()
            .name("heddle_control_ca_files_unusable_total")
            .help("Times that the authority's files changed to what cannot be used")
            .register(registry);
    for (Refusal reason : Refusal.values()) {
      refused.initLabelValues(reason.label());
    }
  }

  @Override
  public void issued(long nanos) {
    signing.observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void refused(Refusal reason) {
    refused.labelValues(reason.label()).inc();
  }

  @Override
  public void rootsExpire(Instant first) {
    rootExpiry.set((double) first.getEpochSecond());
  }

  @Override
  public void filesUnusable() {
    unusable.inc();
  }
}
