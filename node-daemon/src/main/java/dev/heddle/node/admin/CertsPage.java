package dev.heddle.node.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.node.pod.MeshWorkload;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** {@code /certs}: the certificate of each workload, and whom it believes. Never a key. */
public final class CertsPage implements PageServer.Page {

  private final Supplier<? extends Collection<MeshWorkload>> workloads;

  public CertsPage(Supplier<? extends Collection<MeshWorkload>> workloads) {
    this.workloads = workloads;
  }

  @Override
  public Reply get() throws IOException {
    return EachWorkload.reply(workloads, CertsPage::workload);
  }

  private static void workload(JsonGenerator json, MeshWorkload workload) throws IOException {
    IdentitySource source = workload.certificates();
    WorkloadCertificate certificate = source.certificate();
    json.writeFieldName("certificate");
    if (certificate == null) {
      json.writeNull(); // none was issued yet, or the last one has expired
    } else {
      certificate(json, certificate.leaf());
    }
    TrustBundle trust = source.trust();
    json.writeStringField("trustDomain", trust == null ? "" : trust.trustDomain());
    json.writeArrayFieldStart("roots");
    for (X509Certificate root : trust == null ? List.<X509Certificate>of() : trust.roots()) {
      certificate(json, root);
    }
    json.writeEndArray();
  }

  private static void certificate(JsonGenerator json, X509Certificate certificate)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("subject", certificate.getSubjectX500Principal().getName());
    json.writeStringField("issuer", certificate.getIssuerX500Principal().getName());
    json.writeArrayFieldStart("subjectAltNames");
    for (List<?> name : alternatives(certificate)) {
      json.writeString(String.valueOf(name.get(1))); // behind its kind: X509Certificate
    }
    json.writeEndArray();
    json.writeStringField("serial", certificate.getSerialNumber().toString(16));
    json.writeStringField("notBefore", certificate.getNotBefore().toInstant().toString());
    json.writeStringField("notAfter", certificate.getNotAfter().toInstant().toString());
    json.writeEndObject();
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) throws IOException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      throw new IOException("certificate " + certificate.getSerialNumber().toString(16), e);
    }
  }
}
