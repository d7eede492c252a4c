package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code LocalityLoadBalancerSetting}. */
public record LocalityBalancer(
    @Description("Shares of localities, by the caller's.") @Nullable List<Distribute> distribute,
    @Description("Where calls go if a region has no endpoints.") @Nullable List<Failover> failover,
    @Description("Labels by which endpoints are preferred.")
        @Nullable List<String> failoverPriority,
    @NullTaken @Description("Whether it holds.") @Nullable Boolean enabled) {

  /** Istio {@code LocalityLoadBalancerSetting.Distribute}. */
  public record Distribute(
      @Description("The caller's locality.") @Nullable String from,
      @Description("Shares of localities.") @Nullable Map<String, Long> to) {}

  /** Istio {@code LocalityLoadBalancerSetting.Failover}. */
  public record Failover(
      @Description("The region that fails.") @Nullable String from,
      @Description("The region that takes its calls.") @Nullable String to) {}
}
