package dev.heddle.rules.destinationrule;

import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code LoadBalancerSettings.ConsistentHashLB}. */
public record ConsistentHashRule(
    @OneOf("hash_key") @Nullable String httpHeaderName,
    @OneOf("hash_key") @Nullable CookieRule httpCookie,
    @OneOf("hash_key") @Nullable Boolean useSourceIp,
    @OneOf("hash_key") @Nullable String httpQueryParameterName,
    @OneOf("hash_algorithm") @Nullable RingHashRule ringHash,
    @OneOf("hash_algorithm") @Nullable MaglevRule maglev,
    @Nullable Long minimumRingSize) {}
