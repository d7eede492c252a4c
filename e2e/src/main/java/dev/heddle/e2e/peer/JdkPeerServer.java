package dev.heddle.e2e.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The server that every JDK has. */
final class JdkPeerServer {

  private static final int NO_BODY = -1;
  private static final int CHUNKED = 0;

  private JdkPeerServer() {}

  static int start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange ->
            PeerServer.serve(
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestBody(),
                new JdkResponse(exchange)));
    server.start();
    return server.getAddress().getPort();
  }

  private record JdkResponse(HttpExchange exchange) implements PeerServer.Response {

    @Override
    public OutputStream begin(String received, long length) throws IOException {
      exchange.getResponseHeaders().set(Peer.RECEIVED, received);
      exchange.sendResponseHeaders(200, length < 0 ? CHUNKED : length == 0 ? NO_BODY : length);
      return length == 0 ? OutputStream.nullOutputStream() : exchange.getResponseBody();
    }

    @Override
    public void hangUp() {
      exchange.close(); // nothing was answered: the connection goes with it
    }
  }
}
