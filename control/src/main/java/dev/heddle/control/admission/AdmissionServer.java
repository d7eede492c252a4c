package dev.heddle.control.admission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks {@code /inject} and {@code /validate} over HTTPS, and {@code /healthz}. The API
 * server shows no certificate of its own, so anybody may ask; the answers are functions of the
 * question and tell nothing.
 */
public final class AdmissionServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.admission");

  /** Connections that wait to be accepted: the API server opens one for each request under way. */
  private static final int BACKLOG = 256;

  /** An object has 1.5 MiB at most (etcd), and an update carries two. */
  private static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

  /** Requests that are read and answered at once: their bodies are what memory goes to. */
  private static final int MAX_AT_ONCE = 32;

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int FAILED = 500;

  private record Reply(int status, String type, String body) {}

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore slots = new Semaphore(MAX_AT_ONCE);
  private final ReviewFormat format = new ReviewFormat();
  private final AdmissionEvents events;

  private AdmissionServer(
      InetSocketAddress address,
      X509ExtendedKeyManager serverKeys,
      Injector injector,
      Validator validator,
      AdmissionEvents events)
      throws IOException {
    this.events = events;
    server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(serverKeys)));
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, other(exchange)));
    review("/inject", injector::review);
    review("/validate", validator::review);
  }

  /**
   * Listens at the address; port 0 takes a free one. IOException if it cannot.
   *
   * @param serverKeys shows the certificate that is valid at the time of a handshake
   */
  public static AdmissionServer start(
      InetSocketAddress address,
      X509ExtendedKeyManager serverKeys,
      Injector injector,
      Validator validator,
      AdmissionEvents events)
      throws IOException {
    AdmissionServer admission =
        new AdmissionServer(address, serverKeys, injector, validator, events);
    admission.server.start();
    return admission;
  }

  private static SSLContext tls(X509ExtendedKeyManager serverKeys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {serverKeys}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void review(String path, Function<AdmissionRequest, AdmissionAnswer> judge) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, other(exchange));
          } else if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, text(METHOD_NOT_ALLOWED, "expected: POST of an AdmissionReview\n"));
          } else {
            slots.acquireUninterruptibly();
            try {
              answer(exchange, reviewed(exchange, judge));
            } finally {
              slots.release();
            }
          }
        });
  }

  private Reply reviewed(HttpExchange exchange, Function<AdmissionRequest, AdmissionAnswer> judge)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      events.failed();
      return text(TOO_LARGE, "expected: at most " + MAX_BODY_BYTES + " bytes\n");
    }
    long begun = System.nanoTime();
    try {
      AdmissionRequest request = format.read(body);
      byte[] review = format.write(request, judge.apply(request));
      events.took((System.nanoTime() - begun) / 1e9);
      return new Reply(OK, "application/json", new String(review, StandardCharsets.UTF_8));
    } catch (ReviewFormat.Malformed e) {
      events.failed();
      return text(BAD_REQUEST, "no AdmissionReview: " + e.getMessage() + "\n");
    } catch (RuntimeException e) { // one object must not end the server; the API server is told
      events.failed();
      LOG.error("a request of the API server could not be answered", e);
      return text(FAILED, e + "\n");
    }
  }

  private static Reply other(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().equals("/healthz")
        ? text(OK, "ok\n")
        : text(NOT_FOUND, "here are /inject, /validate and /healthz\n");
  }

  private static Reply text(int status, String text) {
    return new Reply(status, "text/plain; charset=utf-8", text);
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", reply.type());
      boolean headOnly = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(reply.status(), headOnly ? -1 : body.length);
      if (!headOnly) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
