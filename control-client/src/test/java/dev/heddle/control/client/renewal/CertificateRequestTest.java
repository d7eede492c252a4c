package dev.heddle.control.client.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateRequestTest {

  @Test
  void itIsReadByAnotherLibraryAndProvesItsKey() throws Exception {
    CertificateRequest request = CertificateRequest.make();
    assertThat(AuthorityServer.provenKey(request.pem())).isEqualTo(request.keys().getPublic());
    assertThat(((ECPublicKey) request.keys().getPublic()).getParams().getOrder().bitLength())
        .isEqualTo(256);
  }

  @Test
  void itAsksForNoName() throws Exception {
    try (PEMParser parser = new PEMParser(new StringReader(CertificateRequest.make().pem()))) {
      PKCS10CertificationRequest parsed = (PKCS10CertificationRequest) parser.readObject();
      assertThat(parsed.getSubject().getRDNs()).isEmpty();
      assertThat(parsed.getAttributes()).isEmpty();
    }
  }

  @Test
  void eachHasAKeyOfItsOwn() throws Exception {
    assertThat(CertificateRequest.make().keys().getPublic())
        .isNotEqualTo(CertificateRequest.make().keys().getPublic());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 126, 127, 128, 253, 254, 255, 256, 65_000})
  void lengthsAreWrittenInTheirShortestForm(int length) throws Exception {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    byte[] der = Der.sequence(Der.bitString(bytes));
    ASN1Sequence read = ASN1Sequence.getInstance(der);
    assertThat(read.getEncoded("DER")).isEqualTo(der);
    assertThat(((ASN1BitString) read.getObjectAt(0)).getOctets()).isEqualTo(bytes);
  }
}
