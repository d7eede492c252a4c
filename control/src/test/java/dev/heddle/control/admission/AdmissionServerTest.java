package dev.heddle.control.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.control.jwks.InlineKeySets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionServerTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final ObjectMapper json = new ObjectMapper();
  private MeshAuthority authority;
  private AdmissionServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    authority =
        MeshAuthority.open(
            new AuthoritySettings(directory, "cluster.local", Duration.ofHours(1), List.of()),
            CaEvents.NONE,
            InstantSource.system());
    server =
        AdmissionServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            authority.serverKeys(),
            new Injector(
                InjectionTest.SETTINGS,
                namespace -> Map.of("heddle.dev/inject", "enabled"),
                Reviews.UNCOUNTED),
            new Validator(new RuleCheck(new InlineKeySets()), Reviews.UNCOUNTED),
            Reviews.UNCOUNTED);
    client = HttpClient.newBuilder().sslContext(trusting(authority.roots())).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    authority.close();
  }

  /** As the API server believes a caBundle. */
  private static SSLContext trusting(List<String> roots) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (String root : roots) {
      store.setCertificateEntry(
          "root" + store.size(),
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(root.getBytes(UTF_8))));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
        .timeout(DEADLINE);
  }

  @Test
  void aPodComesBackWithAPatch() throws Exception {
    ObjectNode pod =
        Reviews.object(
            "v1",
            "Pod",
            """
            metadata: {name: reviews, namespace: shop}
            spec: {containers: [{name: app, image: openjdk}]}
            """);
    HttpResponse<String> answer =
        post("/inject?timeout=5s", Reviews.review("CREATE", pod).toString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode review = json.readTree(answer.body());
    assertThat(review.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    JsonNode response = review.path("response");
    assertThat(response.path("uid").asText()).isEqualTo("705ab4f5-6393-11e8-b7cc-42010a800002");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
    assertThat(json.readTree(Base64.getDecoder().decode(response.path("patch").asText())))
        .isNotEmpty();
  }

  @Test
  void aWrongRuleIsRefusedWithItsField() throws Exception {
    ObjectNode rule =
        Reviews.object(
            "networking.istio.io/v1",
            "VirtualService",
            """
            metadata: {name: reviews, namespace: shop}
            spec: {hosts: [reviews], http: [{timeout: soon}]}
            """);
    HttpResponse<String> answer = post("/validate", Reviews.review("CREATE", rule).toString());

    JsonNode response = json.readTree(answer.body()).path("response");
    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(response.at("/status/message").asText()).contains("spec.http[0].timeout");
  }

  @Test
  void whatIsNoReviewIsABadRequestThatSaysWhy() throws Exception {
    assertThat(post("/inject", "{").statusCode()).isEqualTo(400);
    assertThat(post("/inject", "").statusCode()).isEqualTo(400);
    HttpResponse<String> old =
        post(
            "/validate",
            "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\"}");
    assertThat(old.statusCode()).isEqualTo(400);
    assertThat(old.body()).contains("admission.k8s.io/v1beta1", "expected: admission.k8s.io/v1");
    assertThat(post("/inject", "[".repeat(100_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsLongerThanAnyObjectIsNotRead() throws Exception {
    assertThat(post("/inject", " ".repeat(3 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void otherPathsAndMethodsSayWhatIsThere() throws Exception {
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    assertThat(client.send(request("/healthz").build(), text).body()).isEqualTo("ok\n");
    assertThat(client.send(request("/inject").build(), text).statusCode()).isEqualTo(405);
    assertThat(client.send(request("/injected").build(), text).statusCode()).isEqualTo(404);
    assertThat(client.send(request("/").build(), text).body()).contains("/validate");
  }
}
