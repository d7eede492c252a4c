package dev.heddle.node.tls;

import dev.heddle.control.client.identity.MeshTrust;
import dev.heddle.control.client.identity.PeerIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.policy.identity.SpiffeId;
import io.netty.handler.ssl.ResumableX509ExtendedTrustManager;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The mesh's trust, and that a peer is one of those its engine expects: in full handshakes, and in
 * resumed ones, which show a certificate of before.
 */
final class PeerTrust extends X509ExtendedTrustManager
    implements ResumableX509ExtendedTrustManager {

  private final TlsCounts counts;
  private final MeshTrust mesh;
  private final String trustDomain;

  PeerTrust(TrustBundle trust, TlsCounts counts) {
    this.counts = counts;
    this.mesh = new MeshTrust(trust);
    this.trustDomain = trust.trustDomain();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    mesh.checkClientTrusted(chain, authType, engine);
    counts.verified();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    mesh.checkServerTrusted(chain, authType, engine);
    requireExpected(chain[0], engine);
    counts.verified();
  }

  @Override
  public void resumeClientTrusted(X509Certificate[] chain, SSLEngine engine)
      throws CertificateException {
    requireExpected(chain[0], engine);
    counts.continued();
  }

  @Override
  public void resumeServerTrusted(X509Certificate[] chain, SSLEngine engine)
      throws CertificateException {
    requireExpected(chain[0], engine);
    counts.continued();
  }

  private void requireExpected(X509Certificate leaf, SSLEngine engine) throws CertificateException {
    leaf.checkValidity(); // a ticket may be younger than it
    SpiffeId id = PeerIdentity.of(leaf, trustDomain);
    String key = engine.getUseClientMode() ? engine.getPeerHost() : null;
    if (key != null && !MeshPeer.allows(key, id.uri())) {
      throw new CertificateException("the peer is " + id.uri() + " (expected: one of " + key + ")");
    }
  }

  @Override
  public X509Certificate @Nullable [] getAcceptedIssuers() {
    return mesh.getAcceptedIssuers();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    mesh.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    mesh.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    mesh.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    mesh.checkServerTrusted(chain, authType, socket);
  }
}
