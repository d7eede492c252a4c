package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.HTTPCookie}; a cookie that is absent is not generated yet. */
public record CookieRule(
    @Nullable String name,
    @NotYet @Nullable String path,
    @NotYet @Nullable GoDuration ttl,
    @NotYet @Nullable List<Map<String, Object>> attributes) {}
