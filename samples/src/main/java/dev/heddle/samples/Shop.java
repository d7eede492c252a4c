package dev.heddle.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** What the programs have in common: a port, a version, and a reply of one line. */
final class Shop {

  /** The header by which the shop knows its customers; passed on from call to call. */
  static final String USER = "end-user";

  private static final int THREADS = 16;
  private static final int BACKLOG = 64;

  private Shop() {}

  /** Answers a request whose user is known (or null). */
  interface Answer {
    String to(String user) throws IOException, InterruptedException;
  }

  static int port() {
    return Integer.parseInt(System.getenv().getOrDefault("PORT", "9080"));
  }

  static String version() {
    return System.getenv().getOrDefault("VERSION", "v1");
  }

  /** Serves on 127.0.0.1 with the JDK's own server and says so in one line. */
  static void serve(String name, Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> reply(exchange, answer));
    server.start();
    ready(name);
  }

  static void ready(String name) {
    System.out.println(name + " " + version() + " listens on " + port());
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      int status = 200;
      String body;
      try {
        body = answer.to(exchange.getRequestHeaders().getFirst(USER));
      } catch (IOException e) {
        status = 502;
        body = "error=" + e.getClass().getSimpleName();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/plain");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
