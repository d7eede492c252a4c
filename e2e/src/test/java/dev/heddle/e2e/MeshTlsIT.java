package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.peer.Arrived;
import dev.heddle.e2e.peer.Payload;
import dev.heddle.e2e.peer.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs that know nothing of TLS talk mutual TLS: what is sent arrives whole, and who reads
 * the wire reads nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class MeshTlsIT {

  private static final List<String> SERVERS =
      List.of(
          "JDK HttpServer",
          "Tomcat NIO",
          "Tomcat NIO2",
          "ServerSocket",
          "AsynchronousServerSocketChannel");

  private static final List<String> CLIENTS =
      List.of(
          "java.net.http",
          "HttpURLConnection",
          "HttpClient 5",
          "HttpClient 5 async",
          "AsynchronousSocketChannel");
  private static final long MEGABYTE = 1 << 20;
  private static final long LARGE = 100 * MEGABYTE;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, RecordingRelay> wires = new HashMap<>();
  private Path directory;
  private IdentityControl control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    control = new IdentityControl(directory);
    open.add(control);
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
    for (Jdk jdk : Jdk.all()) {
      for (String server : SERVERS) {
        serve(jdk, server);
      }
    }
  }

  private void serve(Jdk jdk, String server) throws Exception {
    String host = host(jdk, server);
    PeerProcess process = PeerProcess.server(jdk, server, control.settings("callee"), log(host));
    open.add(process);
    RecordingRelay wire = new RecordingRelay(process.port());
    open.add(wire);
    wires.put(host, wire);
    control.service(host, wire.port(), "callee");
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private static String host(Jdk jdk, String server) {
    return (server + "-" + jdk.name()).toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  @TestFactory
  Stream<DynamicNode> whatIsSentArrivesAndNobodyReadsIt() throws IOException {
    List<DynamicNode> nodes = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (String client : CLIENTS) {
        nodes.add(
            DynamicContainer.dynamicContainer(
                client + " on " + jdk.name(), servers(jdk, new LazyPeer(jdk, client))));
      }
    }
    return nodes.stream();
  }

  private List<DynamicNode> servers(Jdk jdk, LazyPeer client) {
    List<DynamicNode> nodes = new ArrayList<>();
    for (String server : SERVERS) {
      String host = host(jdk, server);
      int port = Objects.requireNonNull(wires.get(host)).port();
      String url = "http://" + host + ":9080/at/" + port + "/";
      List<DynamicTest> tests = new ArrayList<>();
      tests.add(test("nothing", client, Transfer.of(url, 0, 0)));
      tests.add(test("a byte", client, Transfer.of(url, 1, 1)));
      tests.add(test("1 MB", client, Transfer.of(url, MEGABYTE, MEGABYTE)));
      tests.add(test("1 MB in chunks", client, Transfer.of(url, MEGABYTE, MEGABYTE).inChunks()));
      tests.add(test("after 100-continue", client, Transfer.of(url, MEGABYTE, 1).askingFirst()));
      tests.add(test("to a slow reader", client, Transfer.of(url, 0, 4 * MEGABYTE).readSlowly(5)));
      tests.add(test("100 MB up", client, Transfer.of(url, LARGE, 1)));
      tests.add(test("100 MB down", client, Transfer.of(url, 0, LARGE)));
      tests.add(
          DynamicTest.dynamicTest(
              "a server that hangs up is an error",
              () ->
                  assertThat(
                          client
                              .get()
                              .send(Transfer.of(url, MEGABYTE, 1).hungUpAfter(1000))
                              .error())
                      .contains("Exception")));
      tests.add(
          DynamicTest.dynamicTest(
              "nothing was readable",
              () -> {
                RecordingRelay wire = Objects.requireNonNull(wires.get(host));
                assertThat(wire.bytes()).isGreaterThan(2 * LARGE);
                assertThat(wire.wasReadable()).isFalse();
                assertThat(client.get().errors()).doesNotContain("cannot be placed");
              }));
      nodes.add(DynamicContainer.dynamicContainer("to " + server, tests));
    }
    return nodes;
  }

  private static DynamicTest test(String sentence, LazyPeer client, Transfer transfer) {
    return DynamicTest.dynamicTest(
        sentence,
        () -> {
          Arrived arrived = client.get().send(transfer);
          assertThat(arrived.error()).as(client.get().errors()).isNull();
          assertThat(arrived.status()).isEqualTo(200);
          assertThat(arrived.atServer()).isEqualTo(Payload.of(transfer.upload()));
          String give = transfer.url().replaceAll(".*give=([0-9]+).*", "$1");
          assertThat(arrived.atClient()).isEqualTo(Payload.of(Long.parseLong(give)));
        });
  }

  /** The client's JVM, started when the first test needs it. */
  private final class LazyPeer {
    private final Jdk jdk;
    private final String client;
    private final List<PeerProcess> started = new ArrayList<>();

    LazyPeer(Jdk jdk, String client) {
      this.jdk = jdk;
      this.client = client;
    }

    PeerProcess get() throws Exception {
      if (started.isEmpty()) {
        Path log = log(client + " " + jdk.name());
        PeerProcess process = PeerProcess.client(jdk, client, control.settings("caller"), log);
        open.add(process);
        started.add(process);
      }
      return started.getFirst();
    }
  }
}
