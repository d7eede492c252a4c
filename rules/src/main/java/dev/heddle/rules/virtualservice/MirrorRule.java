package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPMirrorPolicy}. */
public record MirrorRule(@Nullable Target destination, @Nullable Percent percentage) {}
