package dev.heddle.node.inbound;

import dev.heddle.node.mesh.TestWorkload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Blocking sockets of the JDK that speak mesh TLS as a workload. */
final class MeshSockets {

  private static final char[] PASSWORD = "held in memory".toCharArray();

  private MeshSockets() {}

  static SSLSocket connect(TestWorkload workload, int port, String... protocols) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys(workload), new TrustManager[] {new Anybody()}, null);
      Socket raw = new Socket(InetAddress.getLoopbackAddress(), port);
      raw.setSoTimeout(InboundRig.TIMEOUT_MILLIS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols);
      socket.setSSLParameters(parameters);
      return socket;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keys(TestWorkload workload)
      throws GeneralSecurityException, IOException {
    var certificate = Objects.requireNonNull(workload.certificate());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "workload",
        certificate.key(),
        PASSWORD,
        certificate.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  /** MeshTlsTest is about whom clients believe. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
