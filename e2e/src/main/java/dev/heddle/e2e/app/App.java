package dev.heddle.e2e.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Serves and calls, as services do. */
public final class App {

  private static final int THREADS = 4;

  private App() {}

  /**
   * Arguments: its name and its port, on all addresses. Prints {@code listening}; then for each
   * line {@code URL [NAME:VALUE]...}, which it calls with these headers, one line: the status and
   * the body, or what was thrown.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    serve(arguments[0], Integer.parseInt(arguments[1]));
    System.out.println("listening");
    HttpClient client = HttpClient.newHttpClient();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(call(client, line.split(" ", -1)));
    }
    System.exit(0);
  }

  private static String call(HttpClient client, String[] words) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(words[0]));
    for (int i = 1; i < words.length; i++) {
      String[] header = words[i].split(":", 2);
      request.header(header[0], header[1]);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().replace('\n', ' ');
    } catch (IOException e) { // the test wants to see it
      return e.toString().replace('\n', ' ');
    }
  }

  private static void serve(String name, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> answer(exchange, name));
    server.start();
  }

  private static void answer(HttpExchange exchange, String name) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body =
          "{\"server\": \"%s\", \"path\": \"%s\"}"
              .formatted(name, exchange.getRequestURI().getPath())
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
