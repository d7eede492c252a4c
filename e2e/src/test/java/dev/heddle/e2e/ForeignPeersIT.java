package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.peer.Arrived;
import dev.heddle.e2e.peer.Payload;
import dev.heddle.e2e.peer.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mesh TLS with programs that are not ours: two ends of the same code would prove nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class ForeignPeersIT {

  private static final int CONNECTIONS = 1_000;
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String CALLEE = "spiffe://cluster.local/ns/default/sa/callee";
  private static final String CALLER = "spiffe://cluster.local/ns/default/sa/caller";

  private final Upstream.Log log = new Upstream.Log();
  private final List<AutoCloseable> open = new ArrayList<>();
  private IdentityControl control;
  private Path certificate;
  private PeerProcess callee;
  private PeerProcess caller;
  private PeerProcess callerOfHttp2;
  private Envoy envoy;
  private Envoy envoyOfHttp2;
  private Upstream app;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    control = kept(new IdentityControl(directory));
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
    certificate = control.certificate("envoy");
    Jdk jdk = Jdk.all().getLast();
    callee =
        kept(
            PeerProcess.server(
                jdk, "Tomcat NIO", control.settings("callee"), directory.resolve("callee.log")));
    app = kept(new Upstream("app", log));
    envoy =
        envoy("http_protocol_options", "istio-http/1.1, istio, http/1.1", callee.port(), directory);
    PeerProcess h2 =
        kept(
            PeerProcess.server(
                jdk, "Tomcat h2c", control.settings("callee"), directory.resolve("h2.log")));
    envoyOfHttp2 =
        envoy(
            "http2_protocol_options", "istio-h2, istio, h2", h2.port(), directory.resolve("http2"));
    control.service("behind-envoy", envoy.port("in-http"), "envoy");
    control.service("somebody-else", envoy.port("in-http"), "another");
    caller = caller("java.net.http", directory.resolve("caller.log"));
    callerOfHttp2 = caller("HttpClient 5 h2", directory.resolve("caller-h2.log"));
  }

  private PeerProcess caller(String client, Path log) throws Exception {
    return kept(PeerProcess.client(Jdk.all().getLast(), client, control.settings("caller"), log));
  }

  private Envoy envoy(String protocol, String alpn, int peer, Path directory) throws Exception {
    return kept(
        new Envoy(
            Map.of(
                "chain", certificate.resolve("cert-chain.pem").toString(),
                "key", certificate.resolve("key.pem").toString(),
                "root", certificate.resolve("root-cert.pem").toString(),
                "identity", CALLEE,
                "protocol", protocol,
                "alpn", alpn,
                "peer", Integer.toString(peer),
                "app", Integer.toString(app.port())),
            directory.resolve("envoy")));
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    run.getOutputStream().close();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    return said;
  }

  private String curl(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "--max-time", "10", "--connect-to"));
    command.add("callee:443:127.0.0.1:" + callee.port());
    command.addAll(List.of("--write-out", "%{http_code}", "--output", "/dev/null"));
    command.addAll(Arrays.asList(options));
    return run(command.toArray(String[]::new));
  }

  @Test
  void curlWithoutTlsIsRefused() throws Exception {
    assertThat(curl("http://127.0.0.1:" + callee.port() + "/")).contains("000").contains("curl: (");
  }

  @Test
  void curlWithoutACertificateIsRefused() throws Exception {
    assertThat(curl("--insecure", "--tlsv1.3", "https://callee/")).contains("curl: (");
  }

  @Test
  void curlWithAnIssuedCertificateIsServed() throws Exception {
    assertThat(
            curl(
                "--insecure", // names are not what this mesh verifies
                "--cert",
                certificate.resolve("cert-chain.pem").toString(),
                "--key",
                certificate.resolve("key.pem").toString(),
                "https://callee/"))
        .isEqualTo("200");
  }

  @Test
  void opensslSeesTls13TheAlpnOfTheMeshAndTheIdentityOfTheCallee() throws Exception {
    String said =
        run(
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + callee.port(),
            "-alpn",
            "istio",
            "-cert",
            certificate.resolve("cert-chain.pem").toString(),
            "-key",
            certificate.resolve("key.pem").toString(),
            "-CAfile",
            certificate.resolve("root-cert.pem").toString());
    assertThat(said)
        .contains("TLSv1.3")
        .contains("ALPN protocol: istio")
        .contains("Verify return code: 0 (ok)");
    Path leaf = Files.writeString(certificate.resolve("seen.pem"), said);
    assertThat(run("openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", leaf.toString()))
        .contains("critical")
        .contains("URI:" + CALLEE);
  }

  @Test
  void opensslWithAnOlderTlsIsRefused() throws Exception {
    String said =
        run(
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + callee.port(),
            "-tls1_2",
            "-alpn",
            "istio",
            "-cert",
            certificate.resolve("cert-chain.pem").toString(),
            "-key",
            certificate.resolve("key.pem").toString());
    assertThat(said).contains("no peer certificate available");
  }

  @Test
  void envoyAsAClientSendsSmallAndLargeBodies() throws Exception {
    sendBodies(envoy);
  }

  @Test
  void envoyAsAClientSendsThemOverHttp2() throws Exception {
    sendBodies(envoyOfHttp2);
  }

  private static void sendBodies(Envoy client) throws Exception {
    for (long size : new long[] {1, 1 << 20, 100 << 20}) {
      try (HttpClient app = HttpClient.newHttpClient()) {
        URI uri =
            URI.create("http://127.0.0.1:%d/?give=%d".formatted(client.port("out-http"), size));
        HttpResponse<InputStream> response =
            app.send(
                HttpRequest.newBuilder(uri)
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Payload(size)))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("x-received")).contains(Payload.of(size));
        assertThat(Payload.read(response.body(), 0)).isEqualTo(Payload.of(size));
      }
    }
  }

  @Test
  void aThousandConnectionsThroughEnvoyAreServedAtOnce() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      int port = envoy.port("out-tcp");
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket
            .getOutputStream()
            .write(
                "GET /?give=5 HTTP/1.1\r\nhost: callee\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      for (Socket socket : sockets) {
        byte[] head = socket.getInputStream().readNBytes(15);
        assertThat(new String(head, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void envoyAsAServerKnowsTheCallerByItsIdentity() throws Exception {
    Arrived arrived = caller.send(Transfer.of("http://behind-envoy:9080/", 1 << 20, 0));
    assertThat(arrived.status()).as(arrived + caller.errors() + envoy.errors()).isEqualTo(200);
    assertThat(app.lastHeader("x-forwarded-client-cert")).contains("URI=" + CALLER);
  }

  @Test
  void envoyAsAServerIsSpokenToInHttp2ByAClientThatDoes() throws Exception {
    for (long size : new long[] {1, 1 << 20}) {
      Arrived arrived = callerOfHttp2.send(Transfer.of("http://behind-envoy:9080/", size, 0));
      assertThat(arrived.status())
          .as(arrived + callerOfHttp2.errors() + envoy.errors())
          .isEqualTo(200);
    }
    assertThat(app.lastHeader("x-forwarded-client-cert")).contains("URI=" + CALLER);
    assertThat(envoy.counter("http.in.downstream_rq_http2_total")).isEqualTo(2);
  }

  @Test
  void anEnvoyOfAnotherIdentityThanTheEndpointsIsNotSpokenTo() throws Exception {
    Arrived arrived = caller.send(Transfer.of("http://somebody-else:9080/", 0, 0));
    assertThat(arrived.status()).isNotEqualTo(200);
  }
}
