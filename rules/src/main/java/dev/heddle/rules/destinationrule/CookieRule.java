package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.HTTPCookie}; with a ttl a cookie that is absent is generated. */
public record CookieRule(
    @Nullable String name,
    @Nullable String path,
    @Nullable GoDuration ttl,
    @NotYet @Nullable List<Map<String, Object>> attributes) {}
