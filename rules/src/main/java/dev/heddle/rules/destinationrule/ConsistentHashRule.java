package dev.heddle.rules.destinationrule;

import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Range;
import org.jspecify.annotations.Nullable;

/** Istio {@code LoadBalancerSettings.ConsistentHashLB}. */
public record ConsistentHashRule(
    @Description("The header that is the key.") @OneOf("hash_key") @Nullable String httpHeaderName,
    @Description("The cookie that is the key.") @OneOf("hash_key") @Nullable CookieRule httpCookie,
    @Description("Whether the caller's address is the key.") @OneOf("hash_key")
        @Nullable Boolean useSourceIp,
    @Description("The parameter of the query that is the key.") @OneOf("hash_key")
        @Nullable String httpQueryParameterName,
    @Description("A ring of hashes.") @OneOf("hash_algorithm") @Nullable RingHashRule ringHash,
    @Description("Google's Maglev.") @OneOf("hash_algorithm") @Nullable MaglevRule maglev,
    @Range(min = 0) @Description("Use ringHash.") @Nullable Long minimumRingSize) {}
