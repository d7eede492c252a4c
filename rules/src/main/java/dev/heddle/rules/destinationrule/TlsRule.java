package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ClientTLSSettings}. */
public record TlsRule(
    @Nullable TlsMode mode,
    @NotYet @Nullable String clientCertificate,
    @NotYet @Nullable String privateKey,
    @NotYet @Nullable String caCertificates,
    @NotYet @Nullable String credentialName,
    @NotYet @Nullable List<String> subjectAltNames,
    @NotYet @Nullable String sni,
    @NotYet @Nullable Boolean insecureSkipVerify,
    @NotYet @Nullable String caCrl) {}
