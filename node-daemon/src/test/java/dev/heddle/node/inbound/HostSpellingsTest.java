package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.identity.MutualTlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Spellings of a host that rules deny: none reaches an app as one that the app could take for it.
 */
final class HostSpellingsTest {

  private static final String GUARDED = "admin.shop";

  private static final List<String> SPELLINGS =
      List.of(
          "admin.shop",
          "ADMIN.SHOP",
          "Admin.Shop",
          "aDMIN.sHOP",
          "admin.shop.",
          "ADMIN.SHOP.",
          "admin.shop:80",
          "admin.shop:8080",
          "admin.shop:080",
          "admin.shop.:80",
          "admin.shop:",
          "admin.shop:0",
          "admin.shop:65536",
          "admin.shop:99999999999",
          "admin.shop:-80",
          "admin.shop:+80",
          "admin.shop:http",
          "admin.shop:80:80",
          "admin.shop:80@bob",
          "bob@admin.shop",
          "bob:x@admin.shop",
          "@admin.shop",
          "admin.shop@",
          "bob#@admin.shop",
          "admin.shop/",
          "admin.shop/x",
          "/admin.shop",
          "//admin.shop",
          "http://admin.shop",
          "admin.shop?x",
          "?admin.shop",
          "admin.shop#x",
          "#admin.shop",
          "admin.shop\\",
          "\\admin.shop",
          "%61dmin.shop",
          "admin%2eshop",
          "admin.shop%00",
          "admin.shop%20",
          "admin.shop;x",
          "admin.shop,bob",
          "bob,admin.shop",
          "admin.shop bob",
          "bob admin.shop",
          "admin.shop\t",
          "\tadmin.shop",
          "admin.shop\u0000",
          "\u00e1dmin.shop",
          "admin\u00adshop",
          "[admin.shop]",
          "[::1]admin.shop",
          "admin.shop[::1]",
          "admin..shop",
          ".admin.shop",
          "admin.shop..",
          "*.shop",
          "admin.*",
          "\"admin.shop\"",
          "<admin.shop>",
          "admin.shop\u007f");

  private final TestWorkload bob = new TestMesh().workload("bob");
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final HttpServer http1 =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  private final Http2App http2 = new Http2App();
  private final InboundRig toHttp1;
  private final InboundRig toHttp2;

  HostSpellingsTest() throws IOException {
    http1.createContext("/", this::answer);
    http1.start();
    toHttp1 = new InboundRig(bob, http1.getAddress());
    toHttp2 = new InboundRig(bob, http2.address());
    AttributeMatch match =
        AttributeMatch.of(Attribute.HOST, "", List.of(GUARDED, GUARDED + ":*"), List.of());
    AuthorizationRule rule = AuthorizationRule.of(List.of(), List.of(List.of(match)), List.of());
    bob.use(
        Policies.of(
            MutualTlsMode.PERMISSIVE,
            AuthorizationPolicy.of(
                "default/guard", AuthorizationPolicy.Action.DENY, false, List.of(rule))));
  }

  @AfterEach
  void stop() {
    toHttp1.close();
    toHttp2.close();
    http1.stop(0);
    http2.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.add(exchange.getRequestHeaders().getFirst("Host"));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void anotherHostIsServed() throws Exception {
    ask1("GET / HTTP/1.1\r\nHost: bob\r\nConnection: close\r\n\r\n");
    ask2("bob");
    assertThat(seen).containsExactly("bob");
    assertThat(http2.headers).hasSize(1);
  }

  @Test
  void noSpellingOfAHostPassesARuleAboutIt() throws Exception {
    assertThat(SPELLINGS).hasSizeGreaterThanOrEqualTo(50);
    for (String spelling : SPELLINGS) {
      ask1("GET / HTTP/1.1\r\nHost: " + spelling + "\r\nConnection: close\r\n\r\n");
      ask2(spelling);
      http2.headers.forEach(headers -> seen.addAll(headers.getAll("host")));
      assertThat(seen).as("hosts that \"%s\" was to the app", spelling).noneMatch(this::isGuarded);
    }
  }

  @Test
  void theTargetsAuthorityIsTheHostThatIsJudgedAndSeen() throws Exception {
    ask1("GET http://admin.shop/ HTTP/1.1\r\nHost: bob\r\nConnection: close\r\n\r\n");
    assertThat(seen).isEmpty();
    ask1("GET http://bob/ HTTP/1.1\r\nHost: admin.shop\r\nConnection: close\r\n\r\n");
    ask1("GET / HTTP/1.1\r\nHost: bob\r\nHost: admin.shop\r\nConnection: close\r\n\r\n");
    assertThat(seen).containsOnly("bob");
  }

  /** As a lenient app would read it. */
  private boolean isGuarded(String host) {
    String name = host.trim().toLowerCase(Locale.ROOT).replaceAll(":.*", "");
    return name.replaceAll("\\.+$", "").equals(GUARDED);
  }

  private void ask1(String request) throws IOException {
    try (Socket client = toHttp1.connect()) {
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      client.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // refused without a word
    }
  }

  private void ask2(String authority) throws IOException {
    try (Socket client = toHttp2.connect()) {
      Http2Frames frames = new Http2Frames(client);
      frames.send(
          Http2Frames.HEADERS,
          Http2Frames.END_HEADERS | Http2Frames.END_STREAM,
          1,
          Http2Frames.block(
              ":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/"));
      frames.answer(1);
    }
  }
}
