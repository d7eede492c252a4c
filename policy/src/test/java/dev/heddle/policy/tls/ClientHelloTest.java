package dev.heddle.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Random;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.Test;

final class ClientHelloTest {

  private static final String SNI = "outbound_.80_._.bob.default.svc.cluster.local";

  @Test
  void aMeshPeerIsKnownByItsAlpnAndItsServerNameIsRead() throws Exception {
    ClientHello seen = ClientHello.look(meshHello());
    assertThat(seen.kind()).isEqualTo(ClientHello.Kind.MESH);
    assertThat(seen.sni()).isEqualTo(SNI);
    assertThat(seen.protocols()).containsExactly("istio");
  }

  @Test
  void theWholeFamilyOfIstioIsKnownAndNothingThatResemblesIt() throws Exception {
    for (String alpn :
        new String[] {"istio", "istio-http/1.1", "istio-h2", "istio-peer-exchange"}) {
      assertThat(ClientHello.look(hello("h2", alpn)).kind()).isEqualTo(ClientHello.Kind.MESH);
    }
    for (String alpn : new String[] {"istiox", "xistio", "ISTIO", "h2", "http/1.1"}) {
      assertThat(ClientHello.look(hello("h2", alpn)).kind()).isEqualTo(ClientHello.Kind.TLS);
    }
  }

  @Test
  void tlsWithoutAlpnIsTheAppsOwn() throws Exception {
    assertThat(ClientHello.look(hello()).kind()).isEqualTo(ClientHello.Kind.TLS);
  }

  @Test
  void eachBeginningOfAHelloIsUndecided() throws Exception {
    ByteBuffer hello = meshHello();
    for (int length = 0; length < hello.limit(); length++) {
      ByteBuffer part = hello.duplicate();
      part.limit(length);
      assertThat(ClientHello.look(part).kind())
          .as("%s bytes", length)
          .isEqualTo(ClientHello.Kind.UNDECIDED);
    }
  }

  @Test
  void whatIsNoTlsIsKnownByItsFirstByte() {
    for (String first : new String[] {"G", "PRI * HTTP/2.0", "\0", "\u0016x"}) {
      byte[] bytes = first.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(ClientHello.look(ByteBuffer.wrap(bytes)).kind()).isEqualTo(ClientHello.Kind.OTHER);
    }
  }

  @Test
  void lengthsThatLieHarmNothing() throws Exception {
    byte[] hello = new byte[meshHello().remaining()];
    meshHello().get(hello);
    Random random = new Random(42);
    for (int i = 0; i < 100_000; i++) {
      byte[] broken = hello.clone();
      for (int change = 0; change < 1 + i % 4; change++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      assertThat(ClientHello.look(ByteBuffer.wrap(broken))).isNotNull();
    }
  }

  private static ByteBuffer meshHello() throws Exception {
    return helloTo(SNI, "istio");
  }

  private static ByteBuffer hello(String... alpn) throws Exception {
    return helloTo("example.com", alpn);
  }

  private static ByteBuffer helloTo(String serverName, String... alpn) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(Collections.singletonList(new IstioName(serverName)));
    parameters.setApplicationProtocols(alpn);
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    out.flip();
    return out;
  }

  /** Has underscores, which no host name of the JDK may have. */
  private static final class IstioName extends SNIServerName {
    IstioName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
