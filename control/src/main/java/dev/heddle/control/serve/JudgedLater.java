package dev.heddle.control.serve;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets a handshake end whatever certificate the client shows; that it holds the key is proven by
 * then. {@link CallerAuthentication} judges it at each call: one that is expired or foreign is
 * refused with its reason instead of a broken connection, a token beside it still counts, and one
 * that expires while the connection lasts is noticed.
 */
final class JudgedLater extends X509ExtendedTrustManager {

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String keyExchange, @Nullable SSLEngine engine) {}

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String keyExchange, @Nullable Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange) {}

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String keyExchange, @Nullable SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String keyExchange, @Nullable Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("no servers are judged here, this is one");
  }

  /** None is named, so that clients show what they have. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
