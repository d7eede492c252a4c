package dev.heddle.control.jwks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.control.index.KeySets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key sets fetched from a real server. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first
class FetchedKeySetsTest {

  private static final int PATIENCE_SECONDS = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final AtomicInteger calls = new AtomicInteger();
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore changes = new Semaphore(0);
  private volatile String body = "";
  private volatile int status = 200;
  private volatile String told = "";
  private HttpServer issuer;
  private HttpKeySetSource source;
  private FetchedKeySets keys;

  @BeforeEach
  void start() throws IOException, JOSEException {
    body =
        new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("a").generate())
            .toPublicJWKSet()
            .toString();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          calls.incrementAndGet();
          asked.release();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.createContext(
        "/.well-known/openid-configuration",
        exchange -> {
          String named = String.format("{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}", told, url());
          byte[] bytes = named.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.start();
    told = base() + "/";
    source = new HttpKeySetSource();
    keys = new FetchedKeySets(source, changes::release);
  }

  @AfterEach
  void stop() {
    keys.close();
    source.close();
    issuer.stop(0);
  }

  private String base() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private String url() {
    return base() + "/keys";
  }

  private void awaitChange() throws InterruptedException {
    assertThat(changes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void keysAreFetchedOnceTheyAreAskedForAndThenKnown() throws InterruptedException {
    assertThat(keys.at(url(), TIMEOUT)).isEmpty();
    awaitChange();

    assertThat(keys.at(url(), TIMEOUT)).singleElement().extracting(k -> k.keyId()).isEqualTo("a");
    assertThat(calls).hasValue(1);
  }

  @Test
  void anIssuerThatFailsIsAskedAgain() throws InterruptedException {
    status = 503;
    keys.at(url(), TIMEOUT);
    assertThat(asked.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    status = 200;
    awaitChange();

    assertThat(keys.at(url(), TIMEOUT)).hasSize(1);
  }

  @Test
  void keysOfUrlsThatNoRuleNamesAreForgotten() throws InterruptedException {
    keys.at(url(), TIMEOUT);
    awaitChange();
    keys.retain(Set.of());

    assertThat(keys.at(url(), TIMEOUT)).isEmpty();
    awaitChange();
  }

  @Test
  void moreThanAKeySetNeedsIsNotRead() {
    body = " ".repeat(KeySetReader.MAX_CHARS + 1);

    assertThatThrownBy(() -> source.fetch(url(), TIMEOUT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 1048576 bytes");
    assertThatThrownBy(() -> source.fetch("nonsense", TIMEOUT)).isInstanceOf(IOException.class);
  }

  @Test
  void anIssuerTellsWhereItsKeysAre() throws Exception {
    DiscoveredKeySetSource discovered = new DiscoveredKeySetSource(source);

    assertThat(discovered.fetch(base() + KeySets.DISCOVERY, TIMEOUT)).isEqualTo(body);
    assertThat(discovered.fetch(url(), TIMEOUT)).isEqualTo(body);
  }

  @Test
  void whatAnotherIssuerTellsIsNotBelieved() {
    told = "https://other.example";

    assertThatThrownBy(
            () -> new DiscoveredKeySetSource(source).fetch(base() + KeySets.DISCOVERY, TIMEOUT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("document of issuer https://other.example");
  }

  @Test
  void anIssuerThatDoesNotAnswerInTimeGivesNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String silentUrl = "http://127.0.0.1:" + silent.getLocalPort() + "/keys";
      assertThatThrownBy(() -> source.fetch(silentUrl, Duration.ofMillis(200)))
          .isInstanceOf(IOException.class);
    }
  }
}
