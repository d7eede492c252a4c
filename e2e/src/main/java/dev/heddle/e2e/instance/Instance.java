package dev.heddle.e2e.instance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Answers every request with its name, until somebody kills it. */
public final class Instance {

  private static final int BACKLOG = 256;
  private static final int NO_BODY = -1;

  private Instance() {}

  /**
   * Arguments: its name, a number, an address. Prints its port, and a line when it answered so many
   * calls.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    InetSocketAddress anyPort = new InetSocketAddress(arguments[2], 0);
    HttpServer server = HttpServer.create(anyPort, BACKLOG);
    server.setExecutor(Executors.newCachedThreadPool());
    CountDownLatch flowing = new CountDownLatch(Integer.parseInt(arguments[1]));
    server.createContext(
        "/",
        exchange -> {
          answer(exchange, arguments[0]);
          flowing.countDown();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
    flowing.await();
    System.out.println("flowing");
  }

  private static void answer(HttpExchange exchange, String name) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("x-upstream", name);
      exchange.sendResponseHeaders(200, NO_BODY);
    }
  }
}
