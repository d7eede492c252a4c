package dev.heddle.node.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code /metrics} in Prometheus' text format. */
public final class MetricsPage implements PageServer.Page {

  private final PrometheusRegistry registry;

  public MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Reply get() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(out, registry.scrape());
    return new Reply(200, writer.getContentType(), out.toByteArray());
  }
}
