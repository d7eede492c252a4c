package dev.heddle.control.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code /healthz /readyz /metrics /debug/config /debug/clients /debug/ca}. */
public final class AdminServer implements AutoCloseable {

  /** Connections that wait to be accepted: a few people and one Prometheus. */
  private static final int BACKLOG = 16;

  /** Requests answered at once. */
  private static final int THREADS = 2;

  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** What the pages show. */
  public interface Source {

    /** Whether the configuration was read and discovery listens. */
    boolean ready();

    /** The objects in force and what is wrong, to be written as JSON. */
    Object config();

    /** Who is connected, to be written as JSON. */
    Object clients() throws Exception;

    /** What signs and is trusted, to be written as JSON; empty where nothing is signed. */
    Object authority();
  }

  private interface Page {
    Reply get() throws Exception;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, written once
  private record Reply(int status, String type, byte[] body) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final ObjectMapper json =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          // Of an object only what is set; lists of the page itself also when they are empty.
          .setDefaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));

  private AdminServer(InetSocketAddress address, Source source, PrometheusRegistry metrics)
      throws IOException {
    server = HttpServer.create(address, BACKLOG);
    threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("heddle-admin-", 0).daemon().factory());
    server.setExecutor(threads);
    page("/healthz", () -> text(200, "ok\n"));
    page("/readyz", () -> source.ready() ? text(200, "ready\n") : text(503, "not ready\n"));
    page("/metrics", () -> metrics(metrics));
    page("/debug/config", () -> json(source.config()));
    page("/debug/clients", () -> json(source.clients()));
    page("/debug/ca", () -> json(source.authority()));
  }

  /** Listens at the address; port 0 takes a free one. IOException if it cannot. */
  public static AdminServer start(
      InetSocketAddress address, Source source, PrometheusRegistry metrics) throws IOException {
    AdminServer admin = new AdminServer(address, source, metrics);
    admin.server.start();
    return admin;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, Page page) {
    server.createContext(path, exchange -> serve(exchange, path, page));
  }

  private static void serve(HttpExchange exchange, String path, Page page) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange, path, page);
      boolean headOnly = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().set("content-type", reply.type());
      exchange.sendResponseHeaders(reply.status(), headOnly ? -1 : reply.body().length);
      if (!headOnly) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private static Reply reply(HttpExchange exchange, String path, Page page) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return text(404, "no such page\n");
    }
    if (!READS.contains(exchange.getRequestMethod())) {
      return text(405, "these pages are read only: GET or HEAD\n");
    }
    try {
      return page.get();
    } catch (Exception e) { // a page that fails must not end the server
      return text(500, e + "\n");
    }
  }

  private static Reply text(int status, String body) {
    return new Reply(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  private Reply json(Object value) throws IOException {
    return new Reply(200, "application/json", json.writeValueAsBytes(value));
  }

  private static Reply metrics(PrometheusRegistry metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(out, metrics.scrape());
    return new Reply(200, writer.getContentType(), out.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
