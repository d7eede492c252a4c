package dev.heddle.rules.gateway;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ServerTLSSettings}. */
@Cel(
    rule = "(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1",
    message = "only one of credentialNames or tlsCertificates can be set")
@Cel(
    rule = "(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1",
    message = "only one of credentialName or credentialNames can be set")
public record GatewayTls(
    @Description("Send callers over http to https.") @Nullable Boolean httpsRedirect,
    @Description("Whether connections end here, and what callers show.")
        @Nullable GatewayTlsMode mode,
    @Description("File with the certificate.") @Nullable String serverCertificate,
    @Description("File with its key.") @Nullable String privateKey,
    @Description("File with the authorities of callers.") @Nullable String caCertificates,
    @Description("File with certificates that were revoked.") @Nullable String caCrl,
    @Description("Secret with certificate and key.") @Nullable String credentialName,
    @Size(min = 1, max = 2) @Description("Secrets with certificates and keys.")
        @Nullable List<String> credentialNames,
    @Size(min = 1, max = 2) @Description("Files with certificates and keys.")
        @Nullable List<Certificate> tlsCertificates,
    @Description("Secret with the authorities of callers.") @Nullable String caCertCredentialName,
    @Description("Names that callers' certificates may have.")
        @Nullable List<String> subjectAltNames,
    @Description("Hashes of callers' keys, in base64.")
        @Nullable List<String> verifyCertificateSpki,
    @Description("Hashes of callers' certificates, in hexadecimal.")
        @Nullable List<String> verifyCertificateHash,
    @Description("The oldest TLS.") @Nullable TlsProtocol minProtocolVersion,
    @Description("The newest TLS.") @Nullable TlsProtocol maxProtocolVersion,
    @Description("Cipher suites, by OpenSSL's names.") @Nullable List<String> cipherSuites,
    @NullTaken @Description("Whether callers' certificates are not looked at.")
        @Nullable Boolean insecureSkipVerify) {

  /** Istio {@code ServerTLSSettings.TLSCertificate}. */
  public record Certificate(
      @Description("File with the certificate.") @Nullable String serverCertificate,
      @Description("File with its key.") @Nullable String privateKey,
      @Description("File with the authorities of callers.") @Nullable String caCertificates) {}
}
