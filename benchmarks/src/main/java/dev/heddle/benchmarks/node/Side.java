package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.node.Experiment.Way;
import dev.heddle.benchmarks.process.Child;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One way from a caller to the program that is called.
 *
 * @param name of the arm
 * @param caller the pod in which load is made, but of handshakes
 * @param ways host:port by which it is called there; what it cannot do is missing
 * @param processes what stands between the two
 */
record Side(String name, Pod caller, Map<Way, String> ways, List<Child> processes) {

  static final String DIRECT = "direct";
  static final String HEDDLE = "heddle";
  static final String ENVOY = "envoy";
  static final String HAPROXY = "haproxy";
  static final String NGINX = "nginx";

  /** Processor time of what stands between, workers of its processes too. */
  Duration cpu() {
    return processes.stream()
        .flatMap(child -> ProcessHandle.of(child.pid()).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
