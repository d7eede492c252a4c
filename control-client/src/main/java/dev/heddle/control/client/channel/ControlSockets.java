package dev.heddle.control.client.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sockets to the control service with TLS already on them. gRPC's own way to TLS makes the JVM's
 * default SSLContext, which then knows nothing of what the app sets in its main method.
 */
final class ControlSockets extends SocketFactory {

  private static final List<String> VERSIONS = Arrays.asList("TLSv1.3", "TLSv1.2");
  private static final String HTTP_2 = "h2";

  private final String host;
  private final ControlTls tls;

  /** host is the name or address that the server's certificate must carry. */
  ControlSockets(String host, ControlTls tls) {
    this.host = host;
    this.tls = tls;
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return connect(new InetSocketAddress(address, port));
  }

  @Override
  public Socket createSocket(String name, int port) throws IOException {
    return connect(new InetSocketAddress(name, port));
  }

  @Override
  public Socket createSocket(String name, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(name, port); // from whatever address; gRPC asks for none
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(address, port);
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(address, ChannelLimits.CONNECT_MILLIS);
      SSLSocket socket =
          (SSLSocket)
              tls.context()
                  .getSocketFactory()
                  .createSocket(plain, host, address.getPort(), /* autoClose= */ true);
      handshake(socket);
      return socket;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static void handshake(SSLSocket socket) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(versions(socket));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSoTimeout(ChannelLimits.HANDSHAKE_MILLIS);
    try {
      parameters.setApplicationProtocols(new String[] {HTTP_2});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      if (!HTTP_2.equals(socket.getApplicationProtocol())) {
        throw new IOException(
            "the port speaks TLS but not HTTP/2 (expected: the control service's port 15012)");
      }
    } catch (NoSuchMethodError e) {
      throw new IOException("this JVM's TLS has no ALPN (expected: Java 8u251 or later)", e);
    }
    socket.setSoTimeout(0);
  }

  private static String[] versions(SSLSocket socket) {
    List<String> versions = new ArrayList<>(VERSIONS);
    versions.retainAll(Arrays.asList(socket.getSupportedProtocols()));
    return versions.toArray(new String[0]);
  }
}
