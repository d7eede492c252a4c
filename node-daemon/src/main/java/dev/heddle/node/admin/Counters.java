package dev.heddle.node.admin;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Names in Prometheus for what others count; it is read when it is asked for. */
public final class Counters {

  private final PrometheusRegistry registry;

  public Counters(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** A number that only grows; Prometheus' suffix _total is added. */
  public void add(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  /** Numbers that only grow, by the value of a label of which there are few. */
  public void add(String name, String help, String label, Supplier<Map<String, Long>> values) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(
            callback -> values.get().forEach((key, value) -> callback.call((double) value, key)))
        .register(registry);
  }

  /** Numbers that only grow, by the values of labels in their order. */
  public void add(
      String name, String help, List<String> labels, Supplier<Map<List<String>, Long>> values) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(
            callback ->
                values
                    .get()
                    .forEach((key, value) -> callback.call(value, key.toArray(String[]::new))))
        .register(registry);
  }

  /** What there is now. */
  public void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }
}
