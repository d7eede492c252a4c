package dev.heddle.node.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers on a few paths. */
public final class PageServer implements AutoCloseable {

  /** Connections that wait to be accepted: a few people, one Prometheus, the kubelet. */
  private static final int BACKLOG = 16;

  /** Bytes of what is sent to a page: a word or two. */
  private static final int MAX_BODY_BYTES = 1024;

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> WRITES = Set.of("PUT", "POST");

  /** One path's answer, made anew each time; an exception is shown with 500. */
  public interface Page {

    /** What is. */
    Reply get() throws Exception;

    /** Makes it this, as the body of a PUT or POST says. */
    default Reply put(String wanted) throws Exception {
      return Reply.text(405, "this page is read only: GET or HEAD\n");
    }
  }

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("heddle-pages").daemon().factory());

  private PageServer(InetSocketAddress address, Map<String, Page> pages) throws IOException {
    server = HttpServer.create(address, BACKLOG);
    server.setExecutor(thread);
    pages.forEach(
        (path, page) -> server.createContext(path, exchange -> serve(exchange, path, page)));
  }

  /**
   * Listens; port 0 takes a free one.
   *
   * @throws IOException where it cannot; BindException where somebody else does
   */
  public static PageServer start(InetSocketAddress address, Map<String, Page> pages)
      throws IOException {
    PageServer server = new PageServer(address, pages);
    server.server.start();
    return server;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
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
      return Reply.text(404, "no such page\n");
    }
    String method = exchange.getRequestMethod();
    try {
      if (WRITES.contains(method)) {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
        return page.put(new String(body, StandardCharsets.UTF_8).trim());
      }
      return READS.contains(method)
          ? page.get()
          : Reply.text(405, method + " (expected: GET, HEAD, PUT or POST)\n");
    } catch (Exception e) { // a page that fails must not end the server
      return Reply.text(500, e + "\n");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
