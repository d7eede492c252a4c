package dev.heddle.e2e.relay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The server that every JDK has. */
final class JdkServer {

  private static final int THREADS = 2;

  private JdkServer() {}

  static int start(Relay.Handler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, Relay.Handler handler) throws IOException {
    byte[] body;
    int status = 200;
    try {
      body = handler.serve(exchange.getRequestURI().getRawQuery()).getBytes(StandardCharsets.UTF_8);
    } catch (Exception e) { // the test wants to see it
      body = e.toString().getBytes(StandardCharsets.UTF_8);
      status = 500;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
