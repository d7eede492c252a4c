package dev.heddle.e2e;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** How a server speaks TLS; it answers with the name it was asked for and with who asked. */
final class UpstreamTls extends HttpsConfigurator {

  private final boolean wantsCertificate;

  UpstreamTls(SSLContext context, boolean wantsCertificate) {
    super(context);
    this.wantsCertificate = wantsCertificate;
  }

  @Override
  public void configure(HttpsParameters parameters) {
    SSLParameters tls = getSSLContext().getDefaultSSLParameters();
    tls.setNeedClientAuth(wantsCertificate);
    parameters.setSSLParameters(tls);
  }

  static void describe(HttpsExchange exchange) {
    SSLSession session = exchange.getSSLSession();
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        exchange.getResponseHeaders().set("x-sni", ((SNIHostName) name).getAsciiName());
      }
    }
    try {
      exchange.getResponseHeaders().set("x-peer", session.getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      // a caller without a certificate
    }
  }
}
