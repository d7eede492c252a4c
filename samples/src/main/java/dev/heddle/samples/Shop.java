package dev.heddle.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;

/** What the programs have in common: a port, a version, and a reply of one line. */
final class Shop {

  /** The header by which the shop knows its customers; passed on from call to call. */
  static final String USER = "end-user";

  /** A version that answers every request with status 500. */
  private static final String BROKEN = "broken";

  private static final int THREADS = 16;
  private static final int BACKLOG = 64;

  private Shop() {}

  /** Answers a request whose user is known (or null). */
  interface Answer {
    String to(String user) throws InterruptedException;
  }

  /** Where to listen; 0 takes a free port, which the program prints. */
  static int port() {
    return Integer.parseInt(System.getenv().getOrDefault("PORT", "9080"));
  }

  /** The address to listen on. */
  static InetAddress address() throws IOException {
    return InetAddress.getByName(System.getenv().getOrDefault("HOST", "127.0.0.1"));
  }

  /** Calls another program and comes back with its words. */
  interface Hop {
    String call() throws IOException, InterruptedException;
  }

  /** Makes a call and says in words what came and how long it took: "ratings=v1 ratings-ms=0.4". */
  static String hop(String service, Hop hop) throws InterruptedException {
    long start = System.nanoTime();
    String answer;
    try {
      answer = hop.call();
    } catch (IOException e) {
      answer = e.getClass().getSimpleName();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    return String.format(Locale.ROOT, "%s=%s %s-ms=%.2f", service, answer, service, millis);
  }

  static String version() {
    return System.getenv().getOrDefault("VERSION", "v1");
  }

  /** Serves with the JDK's own server and says so in one line. */
  static void serve(String name, Answer answer) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address(), port()), BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> reply(exchange, answer));
    server.start();
    ready(name, server.getAddress().getPort());
  }

  static void ready(String name, int port) {
    System.out.println(name + " " + version() + " listens on " + port);
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      String body = answer.to(exchange.getRequestHeaders().getFirst(USER));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/plain");
      exchange.sendResponseHeaders(version().equals(BROKEN) ? 500 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
