package dev.heddle.agent.core.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whoever answers is believed: for a rule says insecureSkipVerify, or for it is the pod's own app
 * that is asked for its health, as a kubelet asks it.
 */
public final class AnyPeer extends X509ExtendedTrustManager {

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {}

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String type) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
