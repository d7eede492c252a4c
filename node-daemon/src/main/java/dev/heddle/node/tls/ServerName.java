package dev.heddle.node.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

/**
 * A server name in Istio's form, {@code outbound_.80_._.host}: no host name by RFC 952, so that
 * neither library takes it by its usual door.
 */
final class ServerName extends SNIServerName {

  private ServerName(String name) {
    super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
  }

  /** Has the ClientHello name it. */
  static void set(SSLEngine engine, String name) {
    if (engine instanceof ReferenceCountedOpenSslEngine nativeEngine) {
      SSL.setTlsExtHostName(nativeEngine.sslPointer(), name);
    } else {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new ServerName(name)));
      engine.setSSLParameters(parameters);
    }
  }
}
