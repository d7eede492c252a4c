package dev.heddle.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A server that answers with what it received. The header {@code x-do} makes it misbehave: {@code
 * status=503}, {@code delay=500} (ms), {@code close=true}; {@code times=2} for the first two
 * attempts of a call only; {@code at=v2} at the server of that name only.
 */
final class Upstream implements AutoCloseable {

  /** Names the call of which a request is an attempt. */
  static final String ID = "x-id";

  static final String DO = "x-do";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BACKLOG = 256;

  private final String name;
  private final HttpServer server;
  private final Log log;

  /** What all servers of a test received. */
  static final class Log {

    private final Map<String, List<Received>> byId = new ConcurrentHashMap<>();

    private int add(String id, Received received) {
      List<Received> all =
          byId.compute(
              id,
              (key, before) -> {
                List<Received> after =
                    before == null
                        ? new java.util.ArrayList<>()
                        : new java.util.ArrayList<>(before);
                after.add(received);
                return after;
              });
      return all.size();
    }

    /** The attempts of a call, in the order in which they came. */
    List<Received> attempts(String id) {
      return byId.getOrDefault(id, List.of());
    }
  }

  Upstream(String name, Log log) throws IOException {
    this(name, 0, log);
  }

  Upstream(String name, int port, Log log) throws IOException {
    this(name, HttpServer.create(local(port), BACKLOG), log);
  }

  /** One that speaks TLS, and if it so wants knows its callers by their certificates. */
  static Upstream overTls(String name, SSLContext context, boolean wantsCertificate, Log log)
      throws IOException {
    HttpsServer server = HttpsServer.create(local(0), BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(wantsCertificate);
            parameters.setSSLParameters(tls);
          }
        });
    return new Upstream(name, server, log);
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Upstream(String name, HttpServer server, Log log) {
    this.name = name;
    this.log = log;
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Received received = received(exchange);
    String id = received.header(ID);
    int attempt = id.isEmpty() ? 1 : log.add(id, received);
    Map<String, String> todo = todo(received.header(DO));
    boolean misbehave =
        attempt <= Integer.parseInt(todo.getOrDefault("times", "1000000"))
            && todo.getOrDefault("at", name).equals(name);
    if (!misbehave) {
      todo = Map.of();
    }
    pause(todo.getOrDefault("delay", "0"));
    try (exchange) {
      if (todo.containsKey("close")) {
        return;
      }
      byte[] body = JSON.writeValueAsString(received).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("x-upstream", name);
      exchange.getResponseHeaders().set("x-inner", "secret");
      exchange.getResponseHeaders().set("x-port", Integer.toString(port()));
      exchange.getResponseHeaders().set("content-type", "application/json");
      if (exchange instanceof HttpsExchange secure) {
        addTls(secure);
      }
      boolean head = received.method().equals("HEAD");
      exchange.sendResponseHeaders(
          Integer.parseInt(todo.getOrDefault("status", "200")), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static void addTls(HttpsExchange exchange) {
    SSLSession session = exchange.getSSLSession();
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        exchange.getResponseHeaders().set("x-sni", ((SNIHostName) name).getAsciiName());
      }
    }
    try {
      exchange.getResponseHeaders().set("x-peer", session.getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      // a caller without a certificate
    }
  }

  private static void pause(String millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(Long.parseLong(millis)); // being slow is what it was asked to do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Received received(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((header, values) -> headers.put(header.toLowerCase(Locale.ROOT), values));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new Received(
        name, exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
  }

  private static Map<String, String> todo(String header) {
    Map<String, String> todo = new HashMap<>();
    for (String item : header.isEmpty() ? new String[0] : header.split(";", -1)) {
      String[] pair = item.split("=", 2);
      todo.put(pair[0], pair[1]);
    }
    return todo;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
