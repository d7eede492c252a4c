package dev.heddle.node.inbound;

import dev.heddle.policy.identity.SpiffeId;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the app who calls: Envoy's header {@code X-Forwarded-Client-Cert}, as Istio fills it. What
 * a caller wrote there itself never gets through.
 */
final class ClientCertificate {

  private static final String HEADER = "x-forwarded-client-cert";

  /** What servers of CGI's kind make the same name of. */
  private static final String UNDERSCORED = "x_forwarded_client_cert";

  private final @Nullable String value;

  private ClientCertificate(@Nullable String value) {
    this.value = value;
  }

  /**
   * Of a connection.
   *
   * @param tls null: a plaintext peer, of whom nothing is told
   */
  static ClientCertificate of(@Nullable SslHandler tls, @Nullable SpiffeId peer, SpiffeId app) {
    if (tls == null || peer == null) {
      return new ClientCertificate(null);
    }
    try {
      Certificate leaf = tls.engine().getSession().getPeerCertificates()[0];
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
      return new ClientCertificate(
          "By="
              + app.uri()
              + ";Hash="
              + ByteBufUtil.hexDump(hash)
              + ";Subject=\"\";URI="
              + peer.uri());
    } catch (SSLPeerUnverifiedException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate of a peer that was verified", e);
    }
  }

  void put(HttpHeaders headers) {
    headers.remove(HEADER);
    headers.remove(UNDERSCORED);
    if (value != null) {
      headers.set(HEADER, value);
    }
  }
}
