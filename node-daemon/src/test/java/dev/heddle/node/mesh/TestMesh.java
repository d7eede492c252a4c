package dev.heddle.node.mesh;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A root of a mesh, and what it signs. */
public final class TestMesh {

  /** Its trust domain. */
  public static final String DOMAIN = "cluster.local";

  private final X509Bundle root;

  /** With a new root. */
  public TestMesh() {
    try {
      root =
          new CertificateBuilder()
              .ecp256()
              .subject("O=mesh")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The URI of a service account in the namespace {@code default}. */
  public static String uri(String account) {
    return "spiffe://" + DOMAIN + "/ns/default/sa/" + account;
  }

  /** A workload with a certificate of an hour, that believes this root. */
  public TestWorkload workload(String account) {
    return new TestWorkload(uri(account), certificate(account), trust());
  }

  /** This root. */
  public TrustBundle trust() {
    return TrustBundle.of(DOMAIN, List.of(root.getCertificate()));
  }

  /** A certificate of an hour. */
  public WorkloadCertificate certificate(String account) {
    return of(leaf(account, TimeUnit.HOURS.toSeconds(1)));
  }

  /** A certificate that ended a second ago. */
  public WorkloadCertificate expired(String account) {
    return of(leaf(account, -1));
  }

  /** A certificate and its key, as other programs read them. */
  public X509Bundle bundle(String account) {
    return leaf(account, TimeUnit.HOURS.toSeconds(1));
  }

  private X509Bundle leaf(String account, long seconds) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=" + account)
          .addSanUriName(URI.create(uri(account)))
          .addExtendedKeyUsageClientAuth()
          .addExtendedKeyUsageServerAuth()
          .notBefore(Instant.now().minusSeconds(60))
          .notAfter(Instant.now().plusSeconds(seconds))
          .buildIssuedBy(root);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static WorkloadCertificate of(X509Bundle leaf) {
    return WorkloadCertificate.of(leaf.getKeyPair().getPrivate(), leaf.getCertificatePathList());
  }
}
