package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code LoadBalancerSettings}. */
public record LoadBalancerRule(
    @OneOf("lb_policy") @Nullable SimpleBalancer simple,
    @OneOf("lb_policy") @Nullable ConsistentHashRule consistentHash,
    @NotYet Map<String, Object> localityLbSetting,
    @Nullable GoDuration warmupDurationSecs,
    @Nullable WarmupRule warmup) {
  /** Absent lists and maps are empty ones. */
  public LoadBalancerRule {
    localityLbSetting =
        localityLbSetting == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(localityLbSetting));
  }
}
