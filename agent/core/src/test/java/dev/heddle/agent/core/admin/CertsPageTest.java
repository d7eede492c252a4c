package dev.heddle.agent.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.client.identity.PemCertificates;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.RenewalStatus;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CertsPageTest {

  /** Of spiffe://cluster.local/ns/shop/sa/cart, serial abc123, for a hundred years. */
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\n"
          + "MIIBnTCCAUOgAwIBAgIEAKvBIzAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtZXNo\n"
          + "MCAXDTI2MTEyMTEyMTAyOFoYDzIxMjYxMDI4MTIxMDI4WjAPMQ0wCwYDVQQDDARt\n"
          + "ZXNoMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExZ+wVpVIebBLOY3b4LZ3HicZ\n"
          + "il9GDd6HcKLGvlPphk9dAqUEopfdL9nuzbxf6kRV8X3k1JD8QRxgTrm3usaK8qOB\n"
          + "ijCBhzAdBgNVHQ4EFgQU/okT4cS8eFJWz9/pvYtXg4XaVnkwHwYDVR0jBBgwFoAU\n"
          + "/okT4cS8eFJWz9/pvYtXg4XaVnkwDwYDVR0TAQH/BAUwAwEB/zA0BgNVHREBAf8E\n"
          + "KjAohiZzcGlmZmU6Ly9jbHVzdGVyLmxvY2FsL25zL3Nob3Avc2EvY2FydDAKBggq\n"
          + "hkjOPQQDAgNIADBFAiB6soSzdYScg4d9JPt7USVCew3J+Q8bC4xSq8qWKDRbXwIh\n"
          + "AKkDZsw84+MnYlWKegBwvO7NlIRrsfZr9ePnK+DqTtC9\n"
          + "-----END CERTIFICATE-----\n";

  private static final RenewalStatus NONE = RenewalStatus.of(0, 0, 0, null, 0);
  private static final RenewalStatus FAILING =
      RenewalStatus.of(3, 2, 1_700_000_000_000L, "UNAVAILABLE: io exception", 1_700_000_030_000L);

  @Test
  void withoutTlsThereIsNoIdentityAndThePageSaysWhichSettingDecides() {
    assertThat(new CertsPage(null).get()).contains("no identity").contains("CONTROL_TLS");
  }

  @Test
  void beforeTheFirstCertificateNothingIsHeldAndNobodyBelieved() {
    assertThat(CertsPage.text(null, false, NONE, null))
        .isEqualTo(
            "certificate: none was issued yet\n"
                + "renewals: 0 issued, 0 failed\n"
                + "roots: none are known yet, no peer is believed\n");
  }

  @Test
  void theIdentityItsTimesAndTheRootsAreTold() throws Exception {
    List<X509Certificate> roots = PemCertificates.parse(PEM);
    assertThat(CertsPage.text(certificate(), true, NONE, TrustBundle.of("cluster.local", roots)))
        .contains("identity: spiffe://cluster.local/ns/shop/sa/cart\n")
        .contains("certificate: valid\n")
        .contains("serial: abc123\n")
        .contains("not after: 2126-")
        .contains("trust domain: cluster.local\n")
        .contains("root: CN=mesh, serial abc123, not after 2126-");
  }

  @Test
  void whyRenewalFailsAndThatACertificateHasEndedIsTold() throws Exception {
    assertThat(CertsPage.text(certificate(), false, FAILING, null))
        .contains("certificate: EXPIRED, not used\n")
        .contains("renewals: 3 issued, 2 failed\n")
        .contains("failing since the last: UNAVAILABLE: io exception\n")
        .contains("last failure: 2023-11-14T22:13:20Z\n")
        .contains("next request: 2023-11-14T22:13:50Z\n");
  }

  @Test
  void noKeyIsOnThePageNorInItsValues() throws Exception {
    WorkloadCertificate certificate = certificate();
    String key = Base64.getEncoder().encodeToString(certificate.key().getEncoded());
    assertThat(CertsPage.text(certificate, true, NONE, null) + certificate)
        .doesNotContain(key)
        .doesNotContainIgnoringCase("key");
  }

  @Test
  void metricsCountDownToTheEndAndBeyond() throws Exception {
    WorkloadCertificate certificate = certificate();
    long end = certificate.notAfterMillis();
    assertThat(CertificateMetrics.text(certificate, FAILING, end - 60_000))
        .contains("\nheddle_certificate_expiry_seconds 60\n")
        .contains("\nheddle_certificate_requests_total{result=\"issued\"} 3\n")
        .contains("\nheddle_certificate_requests_total{result=\"failed\"} 2\n");
    assertThat(CertificateMetrics.text(certificate, FAILING, end + 1))
        .contains("\nheddle_certificate_expiry_seconds -1\n");
    assertThat(CertificateMetrics.text(null, FAILING, end)).doesNotContain("expiry");
  }

  private static WorkloadCertificate certificate() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    return WorkloadCertificate.of(keys.getPrivate(), PemCertificates.parse(PEM));
  }
}
