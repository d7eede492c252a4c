package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.peer.Arrived;
import dev.heddle.e2e.peer.Transfer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Netty's own code sends, beneath all hooks, is never what mesh TLS should have hidden. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class NettyIT {

  private static final int TIMEOUT_MILLIS = 30_000;

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private IdentityControl control;
  private Jdk jdk;

  @BeforeEach
  void start() throws Exception {
    control = kept(new IdentityControl(directory));
    jdk = Jdk.all().getLast();
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private Forked netty(Map<String, String> environment, String... arguments) throws IOException {
    Path netty = Path.of(System.getProperty("heddle.tomcats"), "netty-4.1");
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx192m", "-cp"));
    command.add(ProbeProcess.classPath() + File.pathSeparator + netty + "/*");
    command.add("dev.heddle.e2e.peer.NettyEpoll");
    command.addAll(List.of(arguments));
    return kept(new Forked(command, environment, directory.resolve(arguments[0] + ".log")));
  }

  private Map<String, String> agent(String account) throws IOException, InterruptedException {
    return PeerProcess.agent(control.settings(account));
  }

  @Test
  void anAppThatProbesIsToldThatThereIsNone() throws Exception {
    assertThat(netty(Map.of(), "probe").read()).isEqualTo("true");
    assertThat(netty(agent("caller"), "probe").read()).isEqualTo("false");
  }

  @Test
  void aClientThatInsistsIsNotConnectedToAMeshEndpoint() throws Exception {
    PeerProcess callee =
        kept(
            PeerProcess.server(
                jdk, "ServerSocket", control.settings("callee"), directory.resolve("callee.log")));
    RecordingRelay wire = kept(new RecordingRelay(callee.port()));
    control.service("callee", wire.port(), "callee");

    String told = netty(agent("caller"), "client", Integer.toString(wire.port())).read();

    assertThat(told).contains("ConnectException").contains("speaks mesh TLS");
    assertThat(wire.wasReadable()).isFalse();
  }

  @Test
  void aClientThatInsistsIsConnectedToWhoeverIsNotOfTheMesh() throws Exception {
    Forked server = netty(Map.of(), "server");
    String port = server.read();

    assertThat(netty(agent("caller"), "client", port).read()).isEqualTo("connected");
  }

  @Test
  void aServerThatInsistsAnswersAPlaintextPeerUntilItsPortIsStrict() throws Exception {
    Forked server = netty(agent("callee"), "server");
    int port = Integer.parseInt(server.read());
    assertThat(answer(port)).isEqualTo("HTTP/1.1 200");

    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");

    Await.until("the port is STRICT", () -> answer(port).isEmpty());
    assertThat(server.errors()).contains("native transport");
    control.service("epoll", port, "callee");
    PeerProcess caller =
        kept(
            PeerProcess.client(
                jdk,
                "HttpURLConnection",
                control.settings("caller"),
                directory.resolve("caller.log")));
    Arrived arrived = caller.send(Transfer.of("http://epoll:9080/", 0, 0));
    assertThat(arrived.status()).as(arrived.toString()).isNotEqualTo(200);
  }

  private static String answer(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
