package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets to one endpoint with the TLS of a rule, wherever the URL points. */
final class EndpointTls extends SSLSocketFactory {

  private final SSLSocketFactory factory;
  private final String serverName;
  private final String address;
  private final int port;

  EndpointTls(SSLSocketFactory factory, String serverName, String address, int port) {
    this.factory = factory;
    this.serverName = serverName;
    this.address = address;
    this.port = port;
  }

  /** A plain socket, which the JDK connects and then wraps. */
  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
        super.connect(
            new InetSocketAddress(InetAddress.getByName(address), EndpointTls.this.port),
            timeoutMillis);
      }
    };
  }

  @Override
  public Socket createSocket(Socket connected, String host, int hostPort, boolean autoClose)
      throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(connected, serverName, hostPort, autoClose);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int hostPort) throws IOException {
    throw unwanted();
  }

  @Override
  public Socket createSocket(String host, int hostPort, InetAddress local, int localPort)
      throws IOException {
    throw unwanted();
  }

  @Override
  public Socket createSocket(InetAddress host, int hostPort) throws IOException {
    throw unwanted();
  }

  @Override
  public Socket createSocket(InetAddress host, int hostPort, InetAddress local, int localPort)
      throws IOException {
    throw unwanted();
  }

  /**
   * HttpURLConnection falls back to these when a handshake failed; a second try is the rule's
   * affair.
   */
  private static IOException unwanted() {
    return new IOException("TLS to the endpoint failed and is not tried in another way");
  }
}
