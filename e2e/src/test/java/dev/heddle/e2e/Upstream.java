package dev.heddle.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A server that answers with what it received, or as the caller wants it ({@link Wish}). */
public final class Upstream implements Closeable {

  /** Names the call of which a request is an attempt. */
  static final String ID = "x-id";

  /** A header that holds a {@link Wish}. */
  static final String DO = "x-do";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BACKLOG = 256;
  private static final int NO_BODY = -1;
  private static final Set<Integer> BODILESS = Set.of(204, 304);

  private final String name;
  private final int port;
  private final Closeable server;
  private final Log log;
  private final AtomicInteger served = new AtomicInteger();
  private final Map<String, Integer> servedByHost = new ConcurrentHashMap<>();
  private volatile Received last = new Received("", "", "", Map.of(), "");
  private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();

  /** What all servers of a test received. */
  public static final class Log {

    private final Map<String, List<Received>> byId = new ConcurrentHashMap<>();

    private int add(String id, Received received) {
      List<Received> attempts = byId.computeIfAbsent(id, key -> new ArrayList<>());
      synchronized (attempts) {
        attempts.add(received);
        return attempts.size();
      }
    }

    /** The attempts of a call, in the order in which they came. */
    List<Received> attempts(String id) {
      List<Received> attempts = byId.getOrDefault(id, List.of());
      synchronized (attempts) {
        return List.copyOf(attempts);
      }
    }
  }

  Upstream(String name, Log log) throws IOException {
    this(name, InetAddress.getLoopbackAddress(), log);
  }

  Upstream(String name, InetAddress address, Log log) throws IOException {
    this(name, HttpServer.create(anyPort(address), BACKLOG), log);
  }

  /** One that speaks TLS, and if it so wants knows its callers by their certificates. */
  static Upstream overTls(
      String name, InetAddress address, SSLContext context, boolean wantsCertificate, Log log)
      throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(address), BACKLOG);
    server.setHttpsConfigurator(new UpstreamTls(context, wantsCertificate));
    return new Upstream(name, server, log);
  }

  private Upstream(String name, HttpServer server, Log log) {
    this(name, log, server.getAddress().getPort(), () -> server.stop(0));
    // Platform threads: carriers of virtual ones would stay in the namespace of who makes them.
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", this::answer);
    server.start();
  }

  /** One that speaks HTTP/2, where its caller does. */
  public static Upstream overHttp2(String name, InetAddress address, Log log) throws IOException {
    Http2Server server = new Http2Server(address);
    Upstream upstream = new Upstream(name, log, server.port(), server);
    server.serve(upstream::answer);
    return upstream;
  }

  private Upstream(String name, Log log, int port, Closeable server) {
    this.name = name;
    this.log = log;
    this.port = port;
    this.server = server;
  }

  private static InetSocketAddress anyPort(InetAddress address) {
    return new InetSocketAddress(address, 0);
  }

  /**
   * A port on which nobody listens: taken and never accepted on is not the same, so it is let go.
   */
  static int deadPort(InetAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.getLocalPort();
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** How many requests came to it. */
  public int served() {
    return served.get();
  }

  /** How many of them named this host. */
  int served(String host) {
    return servedByHost.getOrDefault(host, 0);
  }

  /** A header of the request that came last. */
  String lastHeader(String header) {
    return last.header(header);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Received received = received(exchange);
    served.incrementAndGet();
    servedByHost.merge(received.header("host").replaceFirst(":\\d+$", ""), 1, Integer::sum);
    last = received;
    String id = received.header(ID);
    int attempt = id.isEmpty() ? 1 : log.add(id, received);
    Wish wish = Wish.of(received.header(DO)).at(name, attempt);
    pause(wish.delayMillis());
    try (exchange) {
      if (wish.close()) {
        return;
      }
      setHeaders(exchange.getResponseHeaders(), wish);
      boolean kept = !callers.add(exchange.getRemoteAddress());
      exchange.getResponseHeaders().set("x-connection", kept ? "kept" : "new");
      if (exchange instanceof HttpsExchange secure) {
        UpstreamTls.describe(secure);
      }
      byte[] body = JSON.writeValueAsString(received).getBytes(StandardCharsets.UTF_8);
      boolean bodiless = received.method().equals("HEAD") || BODILESS.contains(wish.status());
      exchange.sendResponseHeaders(wish.status(), bodiless ? NO_BODY : body.length);
      if (!bodiless) {
        write(exchange.getResponseBody(), body, wish);
      }
    }
  }

  private void setHeaders(Headers headers, Wish wish) {
    headers.set("x-upstream", name);
    headers.set("x-inner", "secret");
    headers.set("x-port", Integer.toString(port()));
    headers.set("content-type", "application/json");
    headers.put("x-twice", List.of("one", "two"));
    if (!wish.cookie().isEmpty()) {
      headers.set("set-cookie", wish.cookie() + "=1; Path=/");
    }
    if (!wish.location().isEmpty()) {
      headers.set("location", wish.location());
    }
  }

  private static void write(OutputStream out, byte[] body, Wish wish) throws IOException {
    int first = wish.stallMillis() > 0 ? 1 : body.length;
    out.write(body, 0, first);
    if (first < body.length) {
      out.flush();
      pause(wish.stallMillis());
      out.write(body, first, body.length - first);
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis); // being slow is what it was asked to do
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

  @Override
  public void close() throws IOException {
    server.close();
  }
}
