package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.tls.Origination;
import java.net.InetAddress;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint towards which a rule begins TLS. Its host is https under a name that no certificate
 * has, with the number of the rule: the client's pool tells it from all others, and where the hook
 * that begins the rule's TLS is missing, the client's own refuses the server. Plaintext never goes
 * there.
 */
final class TlsEndpoint {

  private static final String MARK = ".heddle-tls-";

  private final Origination tls;
  private final String serverName;
  private final HttpHost marked;

  private TlsEndpoint(Origination tls, String serverName, HttpHost marked) {
    this.tls = tls;
    this.serverName = serverName;
    this.marked = marked;
  }

  static HttpHost host(Origination tls, String serverName, InetAddress address, int port) {
    return new HttpHost("https", address, serverName + MARK + tls.number(), port);
  }

  /** What a host stands for that a client is about to connect to; null: itself. */
  static @Nullable TlsEndpoint of(HttpHost host) {
    int mark = host.getHostName().lastIndexOf(MARK);
    CallPipeline pipeline = Adapters.pipeline();
    if (mark < 0 || pipeline == null || !host.getSchemeName().equals("https")) {
      return null;
    }
    Origination tls = pipeline.tls().numbered(host.getHostName().substring(mark + MARK.length()));
    return tls == null ? null : new TlsEndpoint(tls, host.getHostName().substring(0, mark), host);
  }

  Origination tls() {
    return tls;
  }

  /** What the server must prove to be. */
  String serverName() {
    return serverName;
  }

  int port() {
    return marked.getPort();
  }

  /** The host to connect to at first, without TLS of the client's own. */
  HttpHost plain() {
    return new HttpHost("http", marked.getAddress(), serverName, marked.getPort());
  }

  /** Asks for the server's name to be verified. */
  static SSLParameters verifying(SSLParameters parameters) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }
}
