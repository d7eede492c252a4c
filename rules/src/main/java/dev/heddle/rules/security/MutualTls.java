package dev.heddle.rules.security;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code PeerAuthentication.MutualTLS}; without a mode it inherits. */
public record MutualTls(
    @Description("STRICT: mesh TLS only. PERMISSIVE: plaintext too.")
        @Nullable MutualTlsMode mode) {}
