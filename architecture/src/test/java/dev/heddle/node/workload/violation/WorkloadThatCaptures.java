package dev.heddle.node.workload.violation;

import dev.heddle.node.capture.Capture;

/** Breaks: workloads know pods alone. */
final class WorkloadThatCaptures {

  Class<?> knows() {
    return Capture.class;
  }
}
