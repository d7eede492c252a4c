package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ClientTLSSettings}. */
public record TlsRule(
    @Nullable TlsMode mode,
    @Nullable String clientCertificate,
    @Nullable String privateKey,
    @Nullable String caCertificates,
    @NotYet @Nullable String credentialName,
    @Nullable List<String> subjectAltNames,
    @Nullable String sni,
    @Nullable Boolean insecureSkipVerify,
    @NotYet @Nullable String caCrl) {}
