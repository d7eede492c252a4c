package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ClientTLSSettings}. */
public record TlsRule(
    @Description("Whether, and with whose certificate.") @Nullable TlsMode mode,
    @Description("File with the caller's certificate; MUTUAL needs it.")
        @Nullable String clientCertificate,
    @Description("File with its key; MUTUAL needs it.") @Nullable String privateKey,
    @Description("File with the authorities that are believed.") @Nullable String caCertificates,
    @Description("Secret with certificates and key.") @NotYet @Nullable String credentialName,
    @Description("Names that the host's certificate may have.")
        @Nullable List<String> subjectAltNames,
    @Description("The name that is asked for.") @Nullable String sni,
    @NullTaken @Description("Whether the host's certificate is not looked at.")
        @Nullable Boolean insecureSkipVerify,
    @Description("File with certificates that were revoked.") @NotYet @Nullable String caCrl) {}
