package dev.heddle.e2e.guarded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The server that every JDK has. */
final class GuardedJdkServer {

  private static final int THREADS = 4;

  private GuardedJdkServer() {}

  static int start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/admin", exchange -> answer(exchange, Guarded.GUARDED));
    server.createContext(
        "/",
        exchange ->
            answer(
                exchange,
                Guarded.ofTarget(
                    String.valueOf(exchange.getRequestURI().getRawPath()),
                    exchange.getRequestHeaders()::getFirst)));
    server.start();
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, String answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = Guarded.bytes(answer);
    exchange.sendResponseHeaders(
        200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
