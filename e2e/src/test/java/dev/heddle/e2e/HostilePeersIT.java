package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.peer.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A STRICT port and those who mean no good: they are refused, others go on being served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the flood takes the port for a while
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
@Isolated
class HostilePeersIT {

  private static final String CALLER = "spiffe://cluster.local/ns/default/sa/caller";
  private static final Duration DAY = Duration.ofDays(1);
  private static final int TIMEOUT_MILLIS = 20_000;

  /** The agent takes 1,024 handshakes at once. */
  private static final int FLOOD = 1_500;

  private static final int AT_ONCE = 1_024;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Instant now = Instant.now();
  private ForeignAuthority mesh;
  private ForeignAuthority foreign;
  private PeerProcess callee;
  private PeerProcess caller;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    IdentityControl control = new IdentityControl(directory);
    open.add(control);
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
    Jdk jdk = Jdk.all().getLast();
    callee =
        PeerProcess.server(
            jdk, "Tomcat NIO", control.settings("callee"), directory.resolve("callee.log"));
    open.add(callee);
    control.service("callee", callee.port(), "callee");
    caller =
        PeerProcess.client(
            jdk, "HttpURLConnection", control.settings("caller"), directory.resolve("caller.log"));
    open.add(caller);
    mesh = ForeignAuthority.ofMesh(directory.resolve("mesh"), control.root());
    foreign = ForeignAuthority.ownRoot(directory.resolve("foreign"));
    Await.until("mesh peers are served", this::isServed);
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private boolean isServed() throws Exception {
    return caller.send(Transfer.of("http://callee:9080/", 1, 1)).status() == 200;
  }

  /** What a client says that has this certificate. */
  private String openssl(Path certificate, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", "-alpn", "istio", "-connect"));
    command.add("127.0.0.1:" + callee.port());
    command.addAll(List.of("-cert", certificate.toString(), "-key", certificate.toString()));
    command.addAll(Arrays.asList(options));
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream out = run.getOutputStream()) {
      out.write(
          "GET /?give=5 HTTP/1.1\r\nhost: callee\r\nconnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // it has been refused already
    }
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    return said;
  }

  @Test
  @Order(1)
  void whoShowsACertificateAsItShouldBeIsServed() throws Exception {
    Path good = mesh.issue("good", CALLER, now.minus(DAY), now.plus(DAY));
    assertThat(openssl(good)).contains("HTTP/1.1 200");
  }

  @Test
  @Order(2)
  void whoShowsAnyOtherIsNot() throws Exception {
    Instant yesterday = now.minus(DAY);
    Instant tomorrow = now.plus(DAY);
    List<Path> wrong =
        List.of(
            mesh.issue("expired", CALLER, yesterday.minus(DAY), yesterday),
            mesh.issue("early", CALLER, tomorrow, tomorrow.plus(DAY)),
            mesh.issue("elsewhere", "spiffe://other.mesh/ns/a/sa/b", yesterday, tomorrow),
            mesh.issue("nobody", "https://cluster.local/ns/a/sa/b", yesterday, tomorrow),
            foreign.issue("foreign", CALLER, yesterday, tomorrow));
    for (Path certificate : wrong) {
      assertThat(openssl(certificate)).as(certificate.toString()).doesNotContain("HTTP/1.1");
    }
    Path good = mesh.issue("old", CALLER, yesterday, tomorrow);
    assertThat(openssl(good, "-tls1_2")).doesNotContain("HTTP/1.1");
    assertThat(callee.errors()).contains("refused a connection (the handshake failed)");
    assertThat(isServed()).isTrue();
  }

  @Test
  @Order(3)
  void whoSpeaksNoTlsOrNotTheRulesOfItIsHungUpOn() throws Exception {
    byte[] hello = clientHello();
    byte[] twice = Arrays.copyOf(hello, 2 * hello.length);
    System.arraycopy(hello, 0, twice, hello.length, hello.length);
    byte[] oversized = {23, 3, 3, (byte) 0xff, (byte) 0xff, 0, 0, 0};
    byte[] afterwards = Arrays.copyOf(hello, hello.length + oversized.length);
    System.arraycopy(oversized, 0, afterwards, hello.length, oversized.length);
    List<byte[]> said =
        List.of(
            "GET / HTTP/1.1\r\nhost: callee\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[4096],
            twice,
            oversized,
            afterwards);
    for (byte[] each : said) {
      String heard = heard(each);
      assertThat(heard).as("after %d bytes", each.length).endsWith("<end>");
      assertThat(heard).doesNotContain("HTTP/1.1");
    }
    assertThat(callee.errors()).contains("no mesh TLS on a STRICT port");
    assertThat(isServed()).isTrue();
  }

  @Test
  @Order(4)
  void aFloodOfHandshakesIsBoundedAndToldAndServiceGoesOn() throws Exception {
    byte[] hello = clientHello();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < FLOOD; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), callee.port());
        sockets.add(socket);
        socket.getOutputStream().write(hello);
      }
      Await.until(
          "the limit is told", () -> callee.errors().contains("too many handshakes at once"));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(callee.errors()).contains("more than " + AT_ONCE + " handshakes at once");
    assertThat(callee.errors()).doesNotContain("OutOfMemoryError");
    Await.until("mesh peers are served again", this::isServed);
  }

  /** All that is answered, and {@code <end>} if that ended. */
  private String heard(byte[] said) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), callee.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      StringBuilder heard = new StringBuilder();
      try {
        socket.getOutputStream().write(said);
        for (int next = socket.getInputStream().read();
            next >= 0;
            next = socket.getInputStream().read()) {
          heard.append((char) next);
        }
      } catch (SocketTimeoutException e) {
        return heard.toString();
      } catch (IOException e) {
        // a reset is an end, too
      }
      return heard + "<end>";
    }
  }

  private static byte[] clientHello() throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {"istio"});
    engine.setSSLParameters(parameters);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
    engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }
}
