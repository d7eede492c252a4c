package dev.heddle.control.client;

import dev.heddle.api.codec.WorkloadDecoder;
import dev.heddle.api.v1.Workload;
import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process must hold to be called. A control service that knows it no longer opens
 * nothing: what was told last holds.
 */
final class HeldWorkload {

  private @Nullable String followed;
  private final Map<String, WorkloadPolicy> told = new HashMap<>();

  /** Asks about the process of this name, {@code namespace/workload}. */
  void follow(String name) {
    followed = name;
  }

  Set<String> followed() {
    return followed == null ? Collections.emptySet() : Collections.singleton(followed);
  }

  /** Takes what was told; IllegalArgumentException if it cannot be used. */
  void take(String name, Workload message) {
    WorkloadPolicy policy = WorkloadDecoder.decode(message);
    Authorizer.of(policy.policies());
    told.put(name, policy);
  }

  /** The control service knows nothing of it. */
  void remove(String name) {
    told.putIfAbsent(name, WorkloadPolicy.DEFAULT);
  }

  /** Takes over what a file held; it may be of a process that had another name. */
  void adopt(HeldWorkload file) {
    told.putAll(file.told);
  }

  /** What was told of the process that is followed; null: nothing yet. */
  @Nullable WorkloadPolicy policy() {
    return followed == null ? null : told.get(followed);
  }
}
