package dev.heddle.agent.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // seconds
final class AdminServerTest {

  /** More than the buffers of a socket hold. */
  private static final int LARGE_PAGE_CHARS = 20_000_000;

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ServerSocket server = listen();

  @AfterEach
  void stop() throws IOException {
    server.close();
    timers.shutdownNow();
  }

  @Test
  void aPageIsAnsweredWithoutItsQuery() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    assertThat(ask("GET /healthz?now HTTP/1.1\r\nhost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 3\r\n")
        .endsWith("\r\n\r\nok\n");
  }

  @Test
  void aRequestThatComesInPiecesIsAnswered() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    try (Socket client = connect()) {
      client.setTcpNoDelay(true);
      for (String piece :
          new String[] {"GE", "T /heal", "thz HTTP/1.1\r\nhost: x", "\r\n\r", "\n"}) {
        client.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(readAll(client)).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void whatIsNotAPageNamesThePages() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    assertThat(ask("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404").contains("/healthz");
  }

  @Test
  void otherMethodsAndOtherProtocolsAreRefused() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    assertThat(ask("POST /healthz HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("allow: GET\r\n");
    assertThat(ask("PRI * HTTP/2.0\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(ask("hello\n\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aHeadWithoutEndIsRefusedAtItsLimit() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    char[] endless = new char[RequestHead.MAX_BYTES];
    Arrays.fill(endless, 'a');
    assertThat(ask(new String(endless))).startsWith("HTTP/1.1 431");
  }

  @Test
  void aClientThatSendsNothingDoesNotKeepTheNextOneWaitingForLong() throws Exception {
    start(Collections.singletonMap("/healthz", () -> "ok\n"));
    try (Socket silent = connect()) {
      silent.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));
      assertThat(ask("GET /healthz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void aClientThatReadsNothingDoesNotKeepTheNextOneWaitingForLong() throws Exception {
    String large = new String(new char[LARGE_PAGE_CHARS]);
    AtomicInteger asked = new AtomicInteger();
    start(Collections.singletonMap("/config", () -> asked.getAndIncrement() == 0 ? large : "ok\n"));
    try (Socket deaf = connect()) {
      deaf.getOutputStream()
          .write("GET /config HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(ask("GET /config HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void aPageThatFailsIsAnErrorAndTheServerGoesOn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    start(
        Collections.singletonMap(
            "/config",
            () -> {
              if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("no mesh");
              }
              return "ok\n";
            }));
    assertThat(ask("GET /config HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 500").contains("no mesh");
    assertThat(ask("GET /config HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void anAcceptThatFailsForGoodEndsThePagesWithOneLine() throws Exception {
    AtomicInteger accepts = new AtomicInteger();
    try (ServerSocket broken =
        new ServerSocket() {
          @Override
          public Socket accept() throws IOException {
            accepts.incrementAndGet();
            throw new SocketException("Too many open files");
          }
        }) {
      new AdminServer(broken, answers(Collections.emptyMap()), timers, log::add, pause -> true)
          .run();
      assertThat(accepts).hasValue(10);
      assertThat(broken.isClosed()).isTrue();
      assertThat(log).singleElement().asString().contains("10 times", "Too many open files");
    }
  }

  private void start(Map<String, Supplier<String>> pages) {
    Map<String, Function<String, String>> byQuery = new LinkedHashMap<>();
    pages.forEach((path, page) -> byQuery.put(path, query -> page.get()));
    Thread thread = new Thread(new AdminServer(server, answers(byQuery), timers, log::add));
    thread.setDaemon(true);
    thread.start();
  }

  private static AdminAnswers answers(Map<String, Function<String, String>> pages) {
    return new AdminAnswers(pages, new ProbeForwarder(Collections.emptySet()));
  }

  private String ask(String request) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return readAll(client);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  private static String readAll(Socket client) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = client.getInputStream();
    for (int read = in.read(); read >= 0; read = in.read()) {
      out.write(read);
    }
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
