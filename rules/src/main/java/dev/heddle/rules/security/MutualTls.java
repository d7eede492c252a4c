package dev.heddle.rules.security;

import org.jspecify.annotations.Nullable;

/** Istio {@code PeerAuthentication.MutualTLS}; without a mode it inherits. */
public record MutualTls(@Nullable MutualTlsMode mode) {}
