package dev.heddle.agent.core.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.agent.core.settings.Probe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // seconds
final class ProbesTest {

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer app;
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Probe"));
          boolean isFine = exchange.getRequestURI().getPath().equals("/healthz");
          exchange.sendResponseHeaders(isFine ? 200 : 500, -1);
          exchange.close();
        });
    app.start();
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    app.stop(0);
    server.close();
    timers.shutdownNow();
  }

  @Test
  void aNamedProbeIsPassedOnToTheAppWithItsHeaders() throws Exception {
    serve(port() + "/healthz?deep=1");
    assertThat(
            get("/app-health/" + port() + "/healthz?deep=1", "Host: 10.0.0.7:15020", "X-Probe: a"))
        .startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(asked).containsExactly("/healthz?deep=1 10.0.0.7:" + port() + " a");
  }

  @Test
  void whatTheAppAnswersIsTheAnswer() throws Exception {
    serve(port() + "/broken");
    assertThat(get("/app-health/" + port() + "/broken", "Host: shop.example"))
        .startsWith("HTTP/1.1 500");
    assertThat(asked).containsExactly("/broken shop.example null");
  }

  @Test
  void otherPathsAndPortsOfTheAppAreNotToBeReachedThisWay() throws Exception {
    serve(port() + "/healthz");
    for (String path :
        new String[] {
          "/app-health/" + port() + "/admin",
          "/app-health/" + port() + "/healthz?x=1",
          "/app-health/" + port() + "/healthz/../admin",
          "/app-health/https:" + port() + "/healthz",
          "/app-health/1/healthz"
        }) {
      assertThat(get(path, "Host: x")).startsWith("HTTP/1.1 404");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void anAppThatDoesNotListenYetIsNotHealthy() throws Exception {
    serve("1/healthz");
    assertThat(get("/app-health/1/healthz", "Host: x"))
        .startsWith("HTTP/1.1 503")
        .contains("port 1 of the app");
  }

  @Test
  void aStrangerReadsMetricsAndNothingMore() {
    Map<String, Function<String, String>> pages = new HashMap<>();
    pages.put("/metrics", query -> "1\n");
    pages.put("/config", query -> "secret\n");
    AdminAnswers answers = new AdminAnswers(pages, new ProbeForwarder(Collections.emptySet()));
    assertThat(answered(answers, "/metrics", false)).startsWith("HTTP/1.1 200");
    assertThat(answered(answers, "/config", false))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("secret");
    assertThat(answered(answers, "/config", true)).startsWith("HTTP/1.1 200");
  }

  private static String answered(AdminAnswers answers, String path, boolean isHere) {
    byte[] head = ("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(US_ASCII);
    try (InputStream in = new ByteArrayInputStream(head)) {
      return new String(answers.page(RequestHead.read(in), isHere), US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int port() {
    return app.getAddress().getPort();
  }

  private void serve(String probe) {
    Map<String, Function<String, String>> none = Collections.emptyMap();
    AdminAnswers answers =
        new AdminAnswers(none, new ProbeForwarder(Collections.singleton(Probe.parse(probe))));
    Thread thread = new Thread(new AdminServer(server, answers, timers, line -> {}));
    thread.setDaemon(true);
    thread.start();
  }

  private String get(String target, String... headers) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
      String request =
          "GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
      client.getOutputStream().write(request.getBytes(US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = client.getInputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        answer.write(read);
      }
      return new String(answer.toByteArray(), US_ASCII);
    }
  }
}
