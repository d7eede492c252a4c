package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Certificates come and go while calls are made. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field
@Isolated
class RotationIT {

  private static final List<String> CLIENTS =
      List.of("java.net.http", "HttpURLConnection", "HttpClient 5", "HttpClient 5 async");

  /** A certificate of 5 s is renewed at half of its time, so about each 2 s. */
  private static final Duration ROTATING =
      Duration.ofSeconds(Integer.getInteger("heddle.rotation.seconds", 180));

  private static final int THREADS = 2;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private IdentityControl mesh(String lifetime) throws Exception {
    IdentityControl control =
        kept(new IdentityControl(directory, "--certificate-lifetime", lifetime));
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
    PeerProcess server =
        kept(
            PeerProcess.server(
                Jdk.all().getLast(),
                "Tomcat NIO",
                control.settings("callee"),
                directory.resolve("callee.log")));
    control.service("callee", server.port(), "callee");
    return control;
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private ProbeProcess probe(IdentityControl control, Jdk jdk, String client) throws Exception {
    Path log = directory.resolve(client + ".log");
    return kept(new ProbeProcess(jdk, List.of(), client, control.settings("caller"), log));
  }

  @Test
  void certificatesChangeUnderLoadAndNoCallFails() throws Exception {
    IdentityControl control = mesh("5s");
    Map<String, ProbeProcess> probes = new LinkedHashMap<>();
    List<Jdk> jdks = Jdk.all();
    for (String client : CLIENTS) {
      probes.put(client, probe(control, jdks.get(probes.size() % jdks.size()), client));
    }
    for (ProbeProcess probe : probes.values()) {
      assertThat(probe.call(Ask.of("GET", "http://callee:9080/?give=1", Map.of())).status())
          .as(probe.errors())
          .isEqualTo(200);
      probe.start(load(probe == probes.get("HttpURLConnection")));
    }
    Await.time(ROTATING);
    for (Map.Entry<String, ProbeProcess> probe : probes.entrySet()) {
      Summary summary = probe.getValue().stop();
      assertThat(summary.answers().keySet())
          .as(probe.getKey() + " " + summary.answers() + probe.getValue().errors())
          .containsExactly("");
    }
  }

  /** With a connection for each call where the client lets the app ask for it. */
  private static Ask load(boolean connectingAnew) {
    Map<String, String> headers = connectingAnew ? Map.of("Connection", "close") : Map.of();
    return Ask.of("GET", "http://callee:9080/?give=100", headers).untilTold(THREADS);
  }

  @Test
  void aCertificateOutlivesControlAndWhatExpiredRecoversByItself() throws Exception {
    IdentityControl control = mesh("20s");
    ProbeProcess probe = probe(control, Jdk.all().getLast(), "HttpURLConnection");
    Ask call = Ask.of("GET", "http://callee:9080/?give=1", Map.of("Connection", "close"));
    assertThat(probe.call(call).status()).as(probe.errors()).isEqualTo(200);

    control.kill();
    long pastHalf = System.currentTimeMillis() + 9_000;
    while (System.currentTimeMillis() < pastHalf) {
      assertThat(probe.call(call).status()).as(probe.errors()).isEqualTo(200);
    }
    Await.until("an expired certificate is refused", () -> probe.call(call).status() != 200);

    control.restart();
    Await.until("calls are answered again", () -> probe.call(call).status() == 200);
  }
}
